import Foundation
import ManagementAPI

/// A receiver's administrator says that the system verifies with the new key, and it does not: a probe and a canary find out.
struct CanaryRehearsal {
    private let departure: DrillDeparture
    private let stage: Stage
    private let progress: DrillProgress

    init(_ departure: DrillDeparture, stage: Stage, progress: DrillProgress) {
        self.departure = departure
        self.stage = stage
        self.progress = progress
    }

    /// Goes on to the end of the renewal once the receiver's system has changed.
    func carryOut(_ run: inout ProcedureRun) async throws -> RenewalResource {
        let open = try await run.run { Self.configuration(of: $0)?.state == "open" }
        guard let step = Self.configuration(of: open) else { throw DrillError("no partner is to be configured") }
        let desk = stage.desks.first { $0.organisation == step.organisation } ?? .administrator
        _ = try await stage.api(desk).claim(step.id, of: open.id)
        let said = try await run.run { Self.isOnlyUntried($0) }
        try await mustNotExchange(said, &run, "exchange after a refused probe")
        try await stepBack(said.id, with: step.organisation)
        try await mustNotExchange(said, &run, "exchange after a refused canary")
        for index in run.hands.indices { _ = try await run.hands[index].perform(step, newCertificate: nil) }
        progress.say("\(departure.procedure.title), \(departure.title): now \(step.title)")
        try await grow(said.id, with: step.organisation)
        return try await run.run()
    }

    private static func configuration(of renewal: RenewalResource) -> StepResource? {
        renewal.steps.first { $0.kind == "configurePartner" }
    }

    /// Whether everything before the exchange is done, and the probe was sent.
    private static func isOnlyUntried(_ renewal: RenewalResource) -> Bool {
        guard let exchange = renewal.steps.first(where: { $0.kind == "exchange" }) else { return false }
        let earlier = renewal.steps.filter { exchange.opensAfter.contains($0.id) }
        return earlier.allSatisfy { $0.state == "verified" } && exchange.proof.explanation.contains("refused the probe")
    }

    private func mustNotExchange(
        _ renewal: RenewalResource,
        _ run: inout ProcedureRun,
        _ attempt: String
    ) async throws {
        let api = stage.administrator
        guard let step = renewal.steps.first(where: { $0.kind == "exchange" }) else { return }
        try await run.mustRefuse(attempt) { () async throws(ManagementError) in
            _ = try await api.claim(step.id, of: renewal.id)
        }
        progress.say("\(departure.procedure.title), \(departure.title): refused: \(attempt)")
    }

    /// All messages try the new key; the first that is refused goes out again under the old one, and ends it.
    private func stepBack(_ renewal: String, with partner: String) async throws {
        let api = stage.administrator
        _ = try await api.setCanary(renewal, SetCanary(partner: partner, share: 100))
        try await Patience.wait(for: "the canary to step back", within: .seconds(60)) {
            try await api.journal(of: renewal).contains { $0.event == "canaryMoved" && $0.detail.contains("refused") }
        }
    }

    private func grow(_ renewal: String, with partner: String) async throws {
        let api = stage.administrator
        _ = try await api.probe(renewal, ProbeRenewal(partner: partner))
        _ = try await api.setCanary(renewal, SetCanary(partner: partner, share: 100))
        try await Patience.wait(for: "the canary to grow", within: .seconds(60)) {
            try await api.renewal(renewal).steps.contains { $0.kind == "exchange" && $0.state == "open" }
        }
    }
}
