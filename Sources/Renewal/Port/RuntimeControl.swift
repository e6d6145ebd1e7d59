/// What a renewal asks of the running tenant.
///
/// The program's wiring fulfils it. Every act may be repeated.
package protocol RuntimeControl: Sendable {
    /// Lets the flow serve messages again.
    func deploy(flow: String) async throws

    /// Makes the flow refuse new messages (retriable) and waits, within the runtime's own bound, for those under way.
    func undeploy(flow: String) async throws

    /// Makes the flow keep one-way messages that it accepts, let requests wait for their bound, and send nothing; waits as
    /// `undeploy` does.
    func hold(flow: String) async throws

    /// Whether every serving node has the flow deployed at this moment, by the runtime's own state.
    func isDeployed(flow: String) async throws -> Bool

    /// Makes every serving node load the store's present keyset; the least generation that all then acknowledge.
    func acknowledgedGeneration() async throws -> Int
}

extension RuntimeControl {
    /// Where nothing can be held, the flow is undeployed: traffic stands still either way.
    package func hold(flow: String) async throws { try await undeploy(flow: flow) }
}
