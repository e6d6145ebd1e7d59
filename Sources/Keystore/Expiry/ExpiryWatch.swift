package import Cryptography
package import FoundationEssentials

/// Watches the ends of certificates in use.
package enum ExpiryWatch {
    /// The days before an end at which it is said.
    package static let thresholds = [60, 30, 14, 7, 1, 0]

    /// What is to be said at `now`: for each active version the narrowest threshold that it has come to, unless `said`.
    ///
    /// An issuer above it whose certificate ends before its own is said too.
    package static func due(_ versions: [KeyVersion], said: Set<ExpiryNotice>, at now: Date) -> [ExpiryNotice] {
        versions.flatMap { version in
            version.state == .active ? ends(of: version).compactMap { notice(version.id, $0, said, now) } : []
        }
    }

    /// The issuer above a version whose certificate the notice is about; `nil` when it is about the version's own.
    package static func issuer(_ notice: ExpiryNotice, of version: KeyVersion) -> Certificate? {
        guard version.certificate?.notAfter != notice.notAfter else { return nil }
        return version.chain.dropFirst().first { $0.notAfter == notice.notAfter }
    }

    /// When the version's certificate ends, and before that those above it; the version's own comes last.
    package static func ends(of version: KeyVersion) -> [Date] {
        guard let end = version.certificate?.notAfter else { return [] }
        return Set(version.chain.dropFirst().map(\.notAfter).filter { $0 < end }).sorted() + [end]
    }

    private static func notice(
        _ id: KeyVersionID,
        _ end: Date,
        _ said: Set<ExpiryNotice>,
        _ now: Date
    ) -> ExpiryNotice? {
        let days = end.timeIntervalSince(now) / 86_400
        guard let threshold = thresholds.last(where: { days <= Double($0) }) else { return nil }
        let notice = ExpiryNotice(version: id, notAfter: end, days: threshold)
        return said.contains(notice) ? nil : notice
    }

    /// The versions of which something is to be said at `now`, in order; only what ends soon, or has ended, is looked at.
    package static func due(in transaction: any KeystoreTransaction, at now: Date) throws -> [KeyVersionID] {
        let moment = { (days: Int) in now.addingTimeInterval(Double(days) * 86_400) }
        let narrower = thresholds.dropFirst().map(moment).map(Optional.some) + [nil]
        let ending = try zip(thresholds, narrower)
            .flatMap { days, lower in
                try transaction.versionsEnding(after: lower, notAfter: moment(days), unsaid: days)
            }
        return Set(ending).sorted()
    }
}

extension KeyOperations {
    /// Writes to the audit log what is to be said about ends of certificates, once each; returns that.
    @discardableResult
    package func watchExpiry() throws -> [ExpiryNotice] {
        try announceExpiry(of: ExpiryWatch.due(in: transaction, at: now).compactMap(transaction.version))
    }

    /// As ``watchExpiry()``, of these versions alone.
    @discardableResult
    package func announceExpiry(of versions: [KeyVersion]) throws -> [ExpiryNotice] {
        let said = try Set(versions.flatMap { try transaction.expiryNotices(of: $0.id) })
        let due = ExpiryWatch.due(versions, said: said, at: now)
        for notice in due {
            try transaction.insert(notice, at: now)
            let issuer = versions.first { $0.id == notice.version }.flatMap { ExpiryWatch.issuer(notice, of: $0) }
            let (whose, what) = (issuer == nil ? "" : "issuer-", issuer.map { "\($0.subject) above it " } ?? "")
            let end = notice.notAfter.formatted(.iso8601)
            try transaction.audit(
                at: now,
                actor: actor,
                action: "key.\(whose)\(notice.days == 0 ? "expired" : "expires")",
                subject: notice.version.description,
                detail: what + (notice.days == 0 ? "ended at \(end)" : "ends at \(end), within \(notice.days) days")
            )
        }
        return due
    }
}
