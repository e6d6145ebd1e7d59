import Keystore
import Timekeeping

/// Notifications that belong to no renewal.
extension RenewalEngine {
    /// The actor acknowledges what is about a key alone; doing so again changes nothing.
    func acknowledgeNotice(_ id: RenewalNotification.ID, by actor: Actor) async throws -> RenewalNotification {
        let now = clock.now
        return try await auditingRefusals("acknowledge", id.rawValue, by: actor) {
            try await store.write { transaction in
                guard let notice = try transaction.notification(id) else {
                    throw RenewalRefusal.unknownNotification(id)
                }
                guard actor.holds(notice.addressee) else { throw RenewalRefusal.notAddressee(notice, actor) }
                guard notice.acknowledgedAt == nil else { return notice }
                let acknowledged = notice.acknowledged(by: actor.name, at: now)
                try transaction.updateNotification(acknowledged)
                try transaction.audit(
                    at: now,
                    actor: actor.description,
                    action: "inform.acknowledged",
                    subject: id.rawValue,
                    detail: ""
                )
                return acknowledged
            }
        }
    }

    /// The same through a link, which is used up with it, as are all others to the notification and role.
    func acknowledgeNotice(byLink digest: [UInt8]) async throws -> RenewalNotification {
        let now = clock.now
        let (link, notice) = try await store.read { transaction in
            guard let link = try transaction.link(digest: digest),
                let notice = try transaction.notification(link.notification)
            else { throw RenewalRefusal.unknownLink }
            return (link, notice)
        }
        return try await auditingRefusals("acknowledgeByLink", notice.id.rawValue, by: link.actor) {
            try await store.write { transaction in
                guard let link = try transaction.link(digest: digest) else { throw RenewalRefusal.unknownLink }
                guard link.usedAt == nil else { throw RenewalRefusal.usedLink(notice) }
                guard now < link.expiresAt else { throw RenewalRefusal.expiredLink(notice) }
                let acknowledged = notice.acknowledged(by: link.actor.name, at: now)
                try transaction.updateNotification(acknowledged)
                try transaction.useLinks(to: notice.id, for: notice.addressee, at: now)
                try transaction.audit(
                    at: now,
                    actor: link.actor.description,
                    action: "inform.linkUsed",
                    subject: notice.id.rawValue,
                    detail: "acknowledged"
                )
                return acknowledged
            }
        }
    }
}
