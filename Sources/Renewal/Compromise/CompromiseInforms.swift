import FoundationEssentials
import Keystore

/// Tells of a compromised key whom no renewal of it tells: everybody whose system uses it, and its owner.
struct CompromiseInforms {
    let transaction: any RenewalTransaction
    let scope: RenewalScope
    let usages: [KeyUsage]

    /// Writes to each of them but `told`, in the transaction that gives `version` up.
    func tell(of version: KeyVersion, successor: KeyVersion?, reason: String, except told: Set<Party>) throws {
        let inUse = try transaction.versions(of: version.id.alias).first { $0.state == .active }?.id
        let parties = Set(partners(of: version) + [scope.tenantAdministrator]).subtracting(told)
        for party in parties.sorted(by: { $0.description < $1.description }) {
            let name = ["compromised", version.id.alias.rawValue, "\(version.id.number)", party.role.rawValue]
            try transaction.insertNotification(
                RenewalNotification(
                    id: RenewalNotification.ID(rawValue: (name + [party.organisation]).joined(separator: ".")),
                    renewal: RenewalID(rawValue: "\(version.id.alias)/\(version.id.number)"),
                    step: StepID(rawValue: "compromised"),
                    key: version.id,
                    sender: scope.tenantAdministrator,
                    addressee: party,
                    subject: "The key \(version.id) is compromised",
                    text: text(to: party, of: version, successor, inUse, reason),
                    attachments: successor.map(\.attachments) ?? [],
                    createdAt: scope.now
                )
            )
        }
    }

    /// The roles at partners whose systems use the key by the flows; an owner whom no flow names, in either role.
    private func partners(of version: KeyVersion) -> [Party] {
        let users = usages.filter { $0.alias == version.id.alias }
            .map { usage in
                let role: Role = usage.side == .inbound ? .senderAdministrator : .receiverAdministrator
                return Party(role: role, organisation: usage.partner.rawValue)
            }
        guard case .partner(let owner) = version.owner, !users.contains(where: { $0.organisation == owner.rawValue })
        else { return users }
        let roles: [Role] = [.senderAdministrator, .receiverAdministrator]
        return users + roles.map { Party(role: $0, organisation: owner.rawValue) }
    }

    private func text(
        to party: Party,
        of version: KeyVersion,
        _ successor: KeyVersion?,
        _ inUse: KeyVersionID?,
        _ reason: String
    ) -> String {
        let own = usages.filter { $0.alias == version.id.alias && $0.partner.rawValue == party.organisation }
        let flows = Set(own.map(\.flow))
        let used = flows.isEmpty ? "" : " It was used on \(flows.sorted().joined(separator: ", "))."
        let fingerprint = version.fingerprint.map { " (SHA-256 \($0))" } ?? ""
        let why = reason.hasSuffix(".") ? reason : reason + "."
        return
            "\(version.id)\(fingerprint) is compromised: \(why) It is neither used nor accepted from now on; do not use "
            + "or accept it in your system.\(used) \(next(to: party, of: version, successor, inUse))"
    }

    private func next(
        to party: Party,
        of version: KeyVersion,
        _ successor: KeyVersion?,
        _ inUse: KeyVersionID?
    ) -> String {
        if let successor {
            return
                "Version \(successor.id.number) takes its place at once; its certificate is attached: compare the fingerprint."
        }
        if let inUse { return "Version \(inUse.number) stays in use." }
        guard case .partner(let owner) = version.owner, owner.rawValue == party.organisation else {
            return
                "No version takes its place yet: messages that need it wait or are refused until the tenant administrator "
                + "has put a new one into use."
        }
        return
            "Make a new key and send its certificate to the \(scope.tenantAdministrator) over a way that proves where it "
            + "comes from."
    }
}

extension KeyVersion {
    /// Its certificate, to go with a text.
    var attachments: [RenewalNotification.Attachment] {
        guard let pem = certificatePEM, let fingerprint else { return [] }
        return [.init(name: "\(id.alias)-\(id.number).pem", certificatePEM: pem, fingerprint: fingerprint)]
    }
}
