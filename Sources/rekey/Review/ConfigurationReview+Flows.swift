import Cryptography
import Foundation
import Keystore
import Messaging
import Server
import Timekeeping

extension ConfigurationReview {
    /// What the flow names is there: partners, credentials, an archive, keys that can do what they are named for.
    mutating func review(_ flow: IntegrationFlow, _ runtime: RuntimeConfiguration?, _ keys: KeyringSnapshot?) {
        let partners = Set(configuration.partners.map(\.id))
        for partner in Set([flow.sender.partner, flow.receiver.partner]) where !partners.contains(partner) {
            warn(
                "the flow \(flow.id) names the partner \(partner), whom `partners` does not have",
                mend: "add {id: \(partner), keys: dual or single, role: sender or receiver}: renewals need to know it"
            )
        }
        if let runtime {
            do throws(DeploymentError) {
                try DeploymentCheck(configuration: runtime, snapshot: keys, flow: flow).run()
            } catch {
                self.error("the flow \(flow.id): \(error.cause)", mend: error.mend)
            }
        }
        guard let keys else { return }
        for use in flow.uses { review(use, keys) }
    }

    private mutating func review(_ use: ConfiguredKeyUse, _ keys: KeyringSnapshot) {
        let versions = keys.versions(of: use.alias)
        let place = "the flow \(use.flow) names \(use.alias) to \(use.purpose.rawValue) at its \(use.side.rawValue)"
        guard !versions.isEmpty else {
            return warn("\(place), and there is no such key", mend: "rekey key create or rekey key import \(use.alias)")
        }
        let usable = versions.filter { version in
            switch use.purpose {
            case .sign, .encrypt: version.state.canProtect
            case .verify, .decrypt: version.state.canProcess
            }
        }
        guard let last = usable.compactMap({ $0.certificate?.notAfter }).max() else {
            return warn("\(place), and no version of it is in use", mend: "rekey key show \(use.alias)")
        }
        let now = configuration.clock.now
        if last < now {
            warn("\(place), and its certificate has expired", mend: "rekey renewal plan \(use.alias)")
        } else if last < now + 30 * 86_400 {
            warn("\(place), and its certificate ends within 30 days", mend: "rekey renewal plan \(use.alias)")
        }
    }
}
