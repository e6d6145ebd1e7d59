import Cryptography
import FoundationEssentials
import Keystore
import Renewal
import Timekeeping

/// One attempt to deliver: written down, made, and its end written down with what follows from it.
struct InformAttempt: Sendable {
    let store: any RenewalStore
    let clock: any WallClock
    let channels: InformChannels
    let retries: InformRetries
    let tenant: String

    /// The delivery after the attempt; `nil` when there is nothing to be delivered any more.
    func make(_ delivery: InformDelivery) async throws -> InformDelivery? {
        let (begun, now) = (delivery.begun(), clock.now)
        let fresh = delivery.channel == .mail ? channels.links?.freshLink(at: now) : nil
        guard let notification = try await begin(begun, fresh) else { return nil }
        let link = notification.acknowledgedAt == nil ? fresh : nil
        return try await end(begun, await send(notification, begun, link, at: now), notification)
    }

    /// Writes the attempt and its link down; `nil` when the notification is gone.
    private func begin(_ delivery: InformDelivery, _ link: FreshLink?) async throws -> RenewalNotification? {
        try await store.write { transaction in
            guard let notification = try transaction.notification(delivery.notification) else { return nil }
            try transaction.updateDelivery(delivery)
            if let link, notification.acknowledgedAt == nil {
                let party = notification.addressee
                let actor = Actor(name: delivery.person, role: party.role, organisation: party.organisation)
                try transaction.insertLink(
                    InformLink(
                        digest: link.digest,
                        notification: notification.id,
                        actor: actor,
                        expiresAt: link.expiresAt
                    )
                )
            }
            return notification
        }
    }

    private func send(
        _ notification: RenewalNotification,
        _ delivery: InformDelivery,
        _ link: FreshLink?,
        at now: Date
    ) async -> InformOutcome {
        switch delivery.channel {
        case .webhook:
            guard let webhook = channels.webhooks[delivery.address] else {
                return .refused("no webhook \(delivery.address) is configured any more")
            }
            return await channels.webhookClient.send(notification, delivery, to: webhook, at: now)
        case .mail:
            guard let mail = channels.mail else { return .postponed("no mail server is configured") }
            guard let to = MailAddress(delivery.address) else { return .refused("the address cannot be used") }
            let message = InformMail(
                notification: notification,
                delivery: delivery,
                from: mail.from,
                to: to,
                link: link?.url,
                linkExpiresAt: link?.expiresAt,
                now: now
            )
            return await mail.client.send(message.message)
        }
    }

    private func end(
        _ delivery: InformDelivery,
        _ outcome: InformOutcome,
        _ notification: RenewalNotification
    ) async throws -> InformDelivery {
        let (now, tenant) = (clock.now, tenant)
        let ended = delivery.ended(outcome, at: now, retries)
        try await store.write { transaction in
            try transaction.updateDelivery(ended)
            guard ended.state != .waiting else { return }
            try transaction.audit(
                at: now,
                actor: "rekey",
                action: "inform.\(ended.state.rawValue)",
                subject: notification.id.rawValue,
                detail: "\(ended.channel.rawValue) to \(ended.person) <\(ended.address)>, attempt \(ended.attempts): "
                    + (ended.result ?? "")
            )
            if ended.state == .undeliverable { try Self.escalate(ended, notification, tenant, at: now, transaction) }
        }
        return ended
    }

    /// The tenant's administrators hear of what could not be delivered to others; their own is in their inbox anyhow.
    private static func escalate(
        _ delivery: InformDelivery,
        _ notification: RenewalNotification,
        _ tenant: String,
        at now: Date,
        _ transaction: any RenewalTransaction
    ) throws {
        let administrator = Party(role: .tenantAdministrator, organisation: tenant)
        guard notification.addressee != administrator else { return }
        let suffix = Hexadecimal.text(DigestAlgorithm.sha256.digest(of: Array(delivery.messageID.utf8)).prefix(4))
        let id = RenewalNotification.ID(rawValue: "\(notification.id).undeliverable-\(suffix)-\(delivery.attempts)")
        guard try transaction.notification(id) == nil else { return }
        try transaction.insertNotification(
            RenewalNotification(
                id: id,
                renewal: notification.renewal,
                step: notification.step,
                key: notification.key,
                sender: administrator,
                addressee: administrator,
                subject: "Undeliverable: \(notification.subject)",
                text: "The \(delivery.channel.rawValue) to \(delivery.person) <\(delivery.address)>, the "
                    + "\(notification.addressee), is given up after \(delivery.attempts) attempt(s): "
                    + "\(delivery.result ?? ""). Tell them in another way; when the cause is mended, "
                    + "send it again with: rekey inbox retry \(delivery.messageID)",
                createdAt: now
            )
        )
    }
}
