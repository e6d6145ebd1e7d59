import Cryptography
package import FoundationEssentials

/// Watches the ends of certificates in use.
package enum ExpiryWatch {
    /// The days before an end at which it is said.
    package static let thresholds = [60, 30, 14, 7, 1, 0]

    /// What is to be said at `now`: for each active version the narrowest threshold that it has come to, unless `said`.
    package static func due(_ versions: [KeyVersion], said: Set<ExpiryNotice>, at now: Date) -> [ExpiryNotice] {
        versions.compactMap { version in
            guard version.state == .active, let certificate = version.certificate else { return nil }
            let days = certificate.notAfter.timeIntervalSince(now) / 86_400
            guard let threshold = thresholds.last(where: { days <= Double($0) }) else { return nil }
            let notice = ExpiryNotice(version: version.id, notAfter: certificate.notAfter, days: threshold)
            return said.contains(notice) ? nil : notice
        }
    }
}

extension KeyOperations {
    /// Writes to the audit log what is to be said about ends of certificates, once each; returns that.
    @discardableResult
    package func watchExpiry() throws -> [ExpiryNotice] {
        try announceExpiry(of: transaction.allVersions())
    }

    /// As ``watchExpiry()``, of these versions alone.
    @discardableResult
    package func announceExpiry(of versions: [KeyVersion]) throws -> [ExpiryNotice] {
        let due = try ExpiryWatch.due(versions, said: Set(transaction.expiryNotices()), at: now)
        for notice in due {
            try transaction.insert(notice, at: now)
            let end = notice.notAfter.formatted(.iso8601)
            try transaction.audit(
                at: now,
                actor: actor,
                action: notice.days == 0 ? "key.expired" : "key.expires",
                subject: notice.version.description,
                detail: notice.days == 0 ? "ended at \(end)" : "ends at \(end), within \(notice.days) days"
            )
        }
        return due
    }
}
