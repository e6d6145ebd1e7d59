import Foundation
import WSSecurity

/// What a partner system's traffic showed about its keys.
struct KeyUseTally: Sendable {
    struct Key: Hashable, Sendable {
        var use: PartnerKeyUse
        var fingerprint: String
    }

    struct Uses: Sendable {
        var count = 0
        var firstUsedAt: Date
        var lastUsedAt: Date
        var firstMessage: Int
        var lastMessage: Int
    }

    private var uses: [Key: Uses] = [:]

    mutating func record(_ key: Key, message: Int, at now: Date) {
        var uses =
            self.uses[key] ?? Uses(firstUsedAt: now, lastUsedAt: now, firstMessage: message, lastMessage: message)
        uses.count += 1
        uses.firstUsedAt = min(uses.firstUsedAt, now)
        uses.lastUsedAt = max(uses.lastUsedAt, now)
        uses.firstMessage = min(uses.firstMessage, message)
        uses.lastMessage = max(uses.lastMessage, message)
        self.uses[key] = uses
    }

    /// The report on `key`.
    func report(_ key: HeldKey) -> PartnerKeyReport {
        let uses = uses[Key(use: key.use, fingerprint: key.fingerprint)]
        return PartnerKeyReport(
            use: key.use,
            fingerprint: key.fingerprint,
            certificate: key.certificate.pem,
            inUse: key.inUse,
            count: uses?.count ?? 0,
            firstUsedAt: uses?.firstUsedAt,
            lastUsedAt: uses?.lastUsedAt,
            firstMessage: uses?.firstMessage,
            lastMessage: uses?.lastMessage
        )
    }
}
