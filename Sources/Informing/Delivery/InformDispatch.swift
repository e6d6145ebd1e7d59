import Cryptography
import FoundationEssentials
package import Renewal
package import Timekeeping

/// Takes notifications out of the outbox and delivers them.
///
/// It holds nothing between calls: what is to be sent, what is being sent and how it ended is in the store, so that the process
/// may end at any moment.
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
        let attempt = InformAttempt(store: store, clock: clock, channels: channels, retries: retries, tenant: tenant)
        return try await withThrowingTaskGroup(of: InformDelivery?.self) { tasks in
            for delivery in due { tasks.addTask { try await attempt.make(delivery) } }
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
}
