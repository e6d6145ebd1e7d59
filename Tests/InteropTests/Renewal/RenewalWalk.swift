import Foundation
import ManagementAPI

/// Carries a renewal out in a scene: every office does its part and claims its steps.
struct RenewalWalk {
    let scene: Scene
    private let oldCertificate: String
    private let id: String

    /// Plans and starts the renewal of the tenant's signing key.
    init(_ scene: Scene) async throws {
        self.scene = scene
        oldCertificate = try await scene.administrator.certificate(of: Scene.signing, version: 1).pem
        let renewal = try await scene.administrator.createRenewal(PlanRenewal(alias: Scene.signing))
        id = renewal.id
        _ = try await scene.administrator.startRenewal(id)
    }

    /// Goes on until the step of `kind` is verified, and returns the renewal then.
    func run(throughStep kind: String) async throws -> RenewalResource {
        while true {
            let renewal = try await scene.administrator.renewal(id)
            if renewal.steps.contains(where: { $0.kind == kind && $0.state == "verified" }) { return renewal }
            try await acknowledge()
            for step in renewal.steps where step.state == "open" {
                try await perform(step, of: renewal)
            }
            if let moment = clockAwaited(by: renewal) { try await scene.travel(to: moment) }
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    /// The moment that the next step waits for, when everything before it is done.
    private func clockAwaited(by renewal: RenewalResource) -> Date? {
        let done = Set(renewal.steps.filter { $0.state == "verified" }.map(\.id))
        return renewal.steps
            .first { !done.contains($0.id) && done.isSuperset(of: $0.opensAfter) }?
            .proof.notBefore
    }

    private func acknowledge() async throws {
        for office in Office.all {
            let api = scene.api(office)
            for notification in try await api.notifications() where notification.acknowledgedAt == nil {
                _ = try await api.acknowledge(notification.id)
            }
        }
    }

    private func perform(_ step: StepResource, of renewal: RenewalResource) async throws {
        guard let office = Office.all.first(where: { $0.role == step.role && $0.organisation == step.organisation })
        else {
            return
        }
        if step.kind == "configurePartner", let version = renewal.newVersion {
            try await scene.receiver.trust(scene.administrator.certificate(of: Scene.signing, version: version).pem)
        }
        if step.kind == "removeOld" { try await scene.receiver.distrust(oldCertificate) }
        try await claim(step, at: office)
    }

    /// Claims the step; a refusal is printed, for the step stays open and is tried again.
    private func claim(_ step: StepResource, at office: Office) async throws {
        do {
            _ = try await scene.api(office).claim(step.id, of: id, ClaimStep())
        } catch {
            guard case ManagementError.refused(let problem) = error else { throw error }
            print("renewal with WSS4J: not yet: \(problem.detail)")
        }
    }
}
