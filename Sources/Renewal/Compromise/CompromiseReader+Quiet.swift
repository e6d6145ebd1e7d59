import FoundationEssentials
import Keystore

/// Whom the ledger did not see in the last day loses messages all the same: silence is no proof.
extension CompromiseReader {
    /// What is lost with partners that the configuration names and that are not among `users`, sentence by sentence.
    ///
    /// `next` protects in the place of the version where that protects now.
    func quietLosses(
        of version: KeyVersion,
        _ usages: [KeyUsage],
        _ users: [CompromiseForecast.User],
        after next: KeyVersion?
    ) throws -> [String] {
        let renewals = version.state.canProcess ? try renewals(of: version.id.alias) : []
        var losses: [String] = []
        for purpose in KeyUsage.Purpose.allCases {
            let seen = Set(users.filter { $0.purpose == purpose }.map(\.partner))
            let partners = Set(usages.filter { $0.purpose == purpose }.map(\.partner)).subtracting(seen)
            for partner in partners.sorted() {
                switch purpose {
                case .verify, .decrypt:
                    guard try mayProtect(partner, purpose, with: version, renewals) else { continue }
                    losses.append(
                        "\(partner) was not seen in the last day and may still protect with it: its messages are refused until it "
                            + "uses another key."
                    )
                case .sign, .encrypt:
                    if let next, try transaction.protects(version.id, for: partner) {
                        losses.append(
                            "\(partner) was not seen in the last day and gets messages under version \(next.id.number) from now on: "
                                + "what its system cannot handle yet it refuses."
                        )
                    }
                    losses += renewals.compactMap { $0.loss(with: version, partner, purpose) }
                }
            }
        }
        return losses
    }

    /// Whether a quiet partner may protect with the version: it was never seen to go on to a newer one.
    private func mayProtect(
        _ partner: PartnerID,
        _ purpose: KeyUsage.Purpose,
        with version: KeyVersion,
        _ renewals: [RenewalState]
    ) throws -> Bool {
        guard version.state.canProcess else { return false }
        let last = { (id: KeyVersionID) throws -> Date? in
            try transaction.keyUse(KeyUseQuery(version: id, purpose: purpose, partner: partner)).lastSucceededAt
        }
        // An older version that it used since then says nothing: it may use both.
        let newer = try transaction.versions(of: version.id.alias)
            .filter { $0.id > version.id && $0.state.canProcess }.compactMap { try last($0.id) }
        let own = try last(version.id)
        if let latest = newer.max(), latest > own ?? .distantPast { return false }
        guard own == nil else { return true }
        // What is new nobody uses who was not told that it may.
        let bringing = renewals.filter { $0.newVersion == version.id }
        return bringing.isEmpty ? version.state != .staged : bringing.contains { $0.hasTold(partner, purpose) }
    }
}

extension RenewalState {
    /// Whether a partner was told that it may use the new version.
    fileprivate func hasTold(_ partner: PartnerID, _ purpose: KeyUsage.Purpose) -> Bool {
        configuring(partner, purpose).contains { progress(of: $0.id).state != .waiting }
    }

    /// A partner whose system has gone on to the new version alone, which does not protect its messages yet.
    fileprivate func loss(with version: KeyVersion, _ partner: PartnerID, _ purpose: KeyUsage.Purpose) -> String? {
        guard newVersion == version.id, version.state == .staged, startedAt != nil, !isOver else { return nil }
        let step = configuring(partner, purpose)
            .first { step in
                let isAlone = step.tracks.contains { [.single, .double].contains(plan.tracks[$0].variant) }
                return isAlone && isBegun(step)
            }
        return step.map {
            "\(partner) has changed its system to it alone (\($0.id) of \(id)): it refuses messages under version "
                + "\(plan.oldVersion.number) until it has gone back."
        }
    }

    private func configuring(_ partner: PartnerID, _ purpose: KeyUsage.Purpose) -> [PlannedStep] {
        steps(.configurePartner)
            .filter { step in
                step.tracks.contains { index in
                    let track = plan.tracks[index]
                    return track.partner == partner && track.useCase.purpose == purpose
                }
            }
    }
}
