import FoundationEssentials
import Keystore

/// Finds out what giving a version up at once would do, from the facts of one transaction.
struct CompromiseReader {
    let transaction: any RenewalTransaction
    let now: Date
    let usages: [KeyUsage]

    /// Whoever used a version since then still uses it.
    private static let lookBack = Duration.seconds(86_400)

    func forecast(_ id: KeyVersionID) throws -> CompromiseForecast {
        guard let version = try transaction.version(id) else { throw KeystoreError.unknownVersion(id) }
        guard version.state.canBecome(.compromised) else {
            throw KeystoreError.transitionRefused(id, from: version.state, to: .compromised)
        }
        let own = usages.filter { $0.alias == id.alias }
        let assigned = try transaction.assignments(of: id.alias).filter { $0.version == id }.map(\.partner)
        let next = version.state == .active ? try successor(of: version) : nil
        let former = assigned.isEmpty ? nil : try transaction.versions(of: id.alias).first { $0.state == .active }
        let queued = try Set(own.map(\.flow)).map { try transaction.undeliveredMessages(of: $0) }.reduce(0, +)
        let underWay = try transaction.openOperations(with: id)
        let stored = try transaction.storedMessages(protectedWith: id)
        let users = version.state.canProcess ? try users(of: id, own) : []
        var sentences = Sentences()
        if version.state == .active || former == nil { sentences.speak(of: version, next, queued: queued, own) }
        sentences.speak(of: assigned, former)
        sentences.speak(of: users, version, next, former)
        sentences.losses += try quietLosses(of: version, own, users, after: next ?? former)
        sentences.speak(underWay: underWay, stored: stored)
        return CompromiseForecast(
            version: id,
            state: version.state,
            successor: next?.id,
            queued: queued,
            underWay: underWay,
            stored: stored,
            users: users,
            consequences: sentences.consequences,
            losses: sentences.losses
        )
    }

    /// The staged version that a renewal brings to partners, else the newest staged one, else the one that a rollback makes
    /// active again; never one that is not valid now.
    func successor(of version: KeyVersion) throws -> KeyVersion? {
        let valid = try transaction.versions(of: version.id.alias)
            .filter { $0.id != version.id && $0.validity?.contains(now) == true }
        let brought = try renewals(of: version.id.alias).filter(\.status.holdsAlias).compactMap(\.newVersion)
        return valid.last { $0.state == .staged && brought.contains($0.id) } ?? valid.last { $0.state == .staged }
            ?? valid.filter { $0.state == .retiring }
            .max { ($0.exchangedAt ?? .distantPast) < ($1.exchangedAt ?? .distantPast) }
    }

    private func users(of id: KeyVersionID, _ usages: [KeyUsage]) throws -> [CompromiseForecast.User] {
        var users: [CompromiseForecast.User] = []
        let since = now.advanced(by: .zero - Self.lookBack)
        for purpose in KeyUsage.Purpose.allCases {
            let partners = Set(usages.filter { $0.purpose == purpose }.map(\.partner))
            for partner in partners.sorted(by: { $0.rawValue < $1.rawValue }) {
                let tally = try transaction.keyUse(KeyUseQuery(version: id, purpose: purpose, partner: partner))
                guard let last = tally.lastSucceededAt, last >= since else { continue }
                users.append(
                    CompromiseForecast.User(partner: partner, purpose: purpose, count: tally.succeeded, lastAt: last)
                )
            }
        }
        return users
    }
}

extension CompromiseReader {
    /// Every renewal of the alias, folded.
    func renewals(of alias: KeyAlias) throws -> [RenewalState] {
        try transaction.renewals(.of(alias))
            .map { try RenewalState(folding: try transaction.journal(of: $0.id), of: $0.id) }
    }
}

/// What a forecast says to people.
private struct Sentences {
    var consequences: [String] = []
    var losses: [String] = []

    mutating func speak(of version: KeyVersion, _ next: KeyVersion?, queued: Int, _ usages: [KeyUsage]) {
        guard version.state == .active else {
            return consequences.append("It is \(version.state.rawValue), so nothing is protected with it now.")
        }
        let protects = usages.contains { $0.purpose == .sign || $0.purpose == .encrypt }
        guard protects else { return }
        guard let next else {
            let flows = Set(usages.map(\.flow)).sorted().joined(separator: ", ")
            return losses.append(
                "No other version can take its place: on \(flows) requests get 503 and \(queued) stored message(s) wait, until a "
                    + "new version is exchanged or their guaranteed delivery time is over."
            )
        }
        consequences.append("Version \(next.id.number) takes its place at once, without overlap.")
        guard queued > 0 else { return }
        consequences.append("\(queued) stored message(s) go out under version \(next.id.number).")
    }

    /// Partners for which the version protects although it is not the active one.
    mutating func speak(of assigned: [PartnerID], _ former: KeyVersion?) {
        guard let former else { return }
        let partners = assigned.map(\.rawValue).sorted().joined(separator: ", ")
        consequences.append("Version \(former.id.number) alone protects for \(partners) again, at once.")
    }

    mutating func speak(
        of users: [CompromiseForecast.User],
        _ version: KeyVersion,
        _ next: KeyVersion?,
        _ former: KeyVersion?
    ) {
        for user in users {
            let last = "last at \(user.lastAt.inWords)"
            switch user.purpose {
            case .verify, .decrypt:
                losses.append(
                    "\(user.partner) still protects with it (\(last)): its messages are refused until it uses another key."
                )
            case .sign, .encrypt:
                guard let next = next ?? former else { continue }
                losses.append(
                    "\(user.partner) gets messages under version \(next.id.number) from now on (\(last) under this one): what its system "
                        + "cannot handle yet it refuses."
                )
            }
        }
    }

    mutating func speak(underWay: Int, stored: Int) {
        if underWay > 0 { losses.append("\(underWay) message(s) under way with it may be refused.") }
        if stored > 0 { losses.append("\(stored) stored message(s) are protected with it and will be refused.") }
    }
}
