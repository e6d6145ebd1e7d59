package import Keystore

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

    /// How a key can be tried on the flow.
    func proofWays(of flow: String) async throws -> ProofWays

    /// Sends the flow's probe to its receiver, protected with the staged version on trial and with nothing else of it.
    func probe(_ probe: Probe) async throws -> ProbeFinding

    /// Lets senders' own stacks run these self-tests of a key and no others of it; returns which of them were passed.
    func offerSelfTests(_ probes: Set<Probe>, of alias: KeyAlias) async throws -> Set<Probe>

    /// Protects these shares of messages with a staged version of the key, and no others of it; a message that is refused with a
    /// security fault goes out again under the active version.
    func setCanaries(_ canaries: Set<Canary>, of alias: KeyAlias) async throws
}

extension RuntimeControl {
    /// None.
    package func proofWays(of flow: String) async throws -> ProofWays { ProofWays() }

    /// Nothing is learnt where nothing can be sent.
    package func probe(_ probe: Probe) async throws -> ProbeFinding {
        ProbeFinding(outcome: .inconclusive, status: "this runtime sends no probes")
    }

    /// Every message goes out under the active version.
    package func setCanaries(_ canaries: Set<Canary>, of alias: KeyAlias) async throws {}

    /// None is passed.
    package func offerSelfTests(_ probes: Set<Probe>, of alias: KeyAlias) async throws -> Set<Probe> { [] }
}

extension RuntimeControl {
    /// Where nothing can be held, the flow is undeployed: traffic stands still either way.
    package func hold(flow: String) async throws { try await undeploy(flow: flow) }
}
