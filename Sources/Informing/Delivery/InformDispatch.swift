import Cryptography
import FoundationEssentials
import Keystore
package import Renewal
package import Timekeeping

/// Takes notifications out of the outbox and delivers them.
///
/// It holds nothing between calls: what is to be sent, what is being sent and how it ended is in the store, so that the process
/// may end at any moment. An attempt is written down before anything is sent.
package struct InformDispatch: Sendable {
    private let store: any RenewalStore
    private let clock: any WallClock
    private let directory: InformDirectory
    private let channels: InformChannels
    private let retries: InformRetries
    private let tenant: String

    package init(
        store: any RenewalStore,
        clock: any WallClock,
        directory: InformDirectory,
        channels: InformChannels,
        retries: InformRetries = InformRetries(),
        tenant: String
    ) {
        self.store = store
        self.clock = clock
        self.directory = directory
        self.channels = channels
        self.retries = retries
        self.tenant = tenant
    }

    /// What was being sent when the process ended last is sent again, and says so.
    ///
    /// To be called before the first delivery.
    package func recover() async throws {
        let now = clock.now
        try await store.write { transaction in
            for delivery in try transaction.deliveries(in: .sending, limit: Int.max) {
                try transaction.updateDelivery(delivery.interrupted(at: now))
            }
            try transaction.forgetLinks(expiredBefore: now.addingTimeInterval(-90 * 86_400))
        }
    }

    /// Gives what is in the outbox to its channels, and sends what is due; the deliveries that ended.
    package func deliver() async throws -> [InformDelivery] {
        try await distribute()
        let now = clock.now
        let due = try await store.read { try $0.dueDeliveries(at: now, limit: Self.atOnce) }
        guard !due.isEmpty else { return [] }
        return try await withThrowingTaskGroup(of: InformDelivery?.self) { tasks in
            for delivery in due { tasks.addTask { try await attempt(delivery) } }
            return try await tasks.reduce(into: []) { ended, delivery in ended += delivery.map { [$0] } ?? [] }
        }
    }

    private static let atOnce = 4
    private static let batch = 100

    private func distribute() async throws {
        guard try await store.read({ try !$0.undistributedNotifications(limit: 1).isEmpty }) else { return }
        let now = clock.now
        try await store.write { transaction in
            for notification in try transaction.undistributedNotifications(limit: Self.batch) {
                try transaction.distribute(notification.id, over: deliveries(of: notification, at: now))
            }
        }
    }

    private func deliveries(of notification: RenewalNotification, at now: Date) -> [InformDelivery] {
        directory.routes(to: notification.addressee)
            .map { route in
                let parts = [notification.id.rawValue, route.channel.rawValue, route.address, route.person]
                let digest = DigestAlgorithm.sha256.digest(of: Array(parts.joined(separator: "\n").utf8))
                return InformDelivery(
                    notification: notification.id,
                    channel: route.channel,
                    address: route.address,
                    person: route.person,
                    messageID:
                        "\(Hexadecimal.text(digest.prefix(16)))@\(channels.mail?.from.domain ?? "rekey.invalid")",
                    createdAt: now
                )
            }
    }

    /// One attempt: written down, made, and its end written down with what follows from it.
    private func attempt(_ delivery: InformDelivery) async throws -> InformDelivery? {
        let (begun, link) = (delivery.begun(), delivery.channel == .mail ? channels.links : nil)
        let token = link.map { _ in InformLinkTerms.token() }
        let (now, expiry) = (clock.now, link.map { clock.now.addingTimeInterval($0.lifetime.timeInterval) })
        let notification = try await store.write { transaction -> RenewalNotification? in
            guard let notification = try transaction.notification(delivery.notification) else { return nil }
            try transaction.updateDelivery(begun)
            if let token, let expiry, notification.acknowledgedAt == nil {
                let party = notification.addressee
                let actor = Actor(name: delivery.person, role: party.role, organisation: party.organisation)
                try transaction.insertLink(
                    InformLink(digest: token.digest, notification: notification.id, actor: actor, expiresAt: expiry)
                )
            }
            return notification
        }
        guard let notification else { return nil }
        let url = notification.acknowledgedAt == nil ? token.flatMap { token in link?.url(token.text) } : nil
        let outcome = await send(notification, begun, link: url, expiry, at: now)
        return try await end(begun, outcome, notification)
    }

    private func send(
        _ notification: RenewalNotification,
        _ delivery: InformDelivery,
        link: String?,
        _ expiry: Date?,
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
                link: link,
                linkExpiresAt: expiry,
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
