/// What a renewal asks of the running tenant.
///
/// The program's wiring fulfils it. Every act may be repeated.
package protocol RuntimeControl: Sendable {
    /// Lets the flow serve messages again.
    func deploy(flow: String) async throws

    /// Makes the flow refuse new messages (retriable) and waits, within the runtime's own bound, for those under way.
    func undeploy(flow: String) async throws

    /// Makes the flow accept one-way messages and send none, and waits, within the runtime's own bound, for those under way.
    func hold(flow: String) async throws

    /// Whether every serving node has the flow deployed at this moment, by the runtime's own state.
    func isDeployed(flow: String) async throws -> Bool

    /// Makes every serving node load the store's present keyset; the least generation that all then acknowledge.
    func acknowledgedGeneration() async throws -> Int
}
