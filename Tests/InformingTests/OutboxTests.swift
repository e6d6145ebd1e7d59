import Foundation
import Informing
import Keystore
import Renewal
import StoreSQLite
import TestSupport
import Testing

@Suite("The outbox of informs")
struct OutboxTests {
    private struct Killed: Error {}

    @Test("A notification is in the outbox when, and only when, its transaction is")
    func sameTransaction() async throws {
        try await World.run { world in
            try await world.notify("a.1")
            let notification = try #require(try await world.inbox(World.receiver).first)
            let second = RenewalNotification(
                id: RenewalNotification.ID(rawValue: "a.2"),
                renewal: notification.renewal,
                step: notification.step,
                sender: notification.sender,
                addressee: notification.addressee,
                subject: "",
                text: "",
                createdAt: notification.createdAt
            )
            await #expect(throws: Killed.self) {
                try await world.store.write { (transaction: any RenewalTransaction) in
                    try transaction.insertNotification(second)
                    throw Killed()
                }
            }
            let waiting = try await world.store.read { (transaction: any RenewalTransaction) in
                try transaction.undistributedNotifications(limit: 10)
            }
            #expect(waiting.map(\.id.rawValue) == ["a.1"])
        }
    }

    @Test("The link in a mail works as long as the settings say")
    func linkLifetime() async throws {
        try await World.run { world in
            let peer = try MailPeer([])
            try world.useMail(peer.port)
            try await world.notify()
            #expect(try await world.dispatch.deliver().map(\.state) == [.delivered])
            let text = try peer.next().text
            let start = try #require(text.firstRange(of: "https://rekey.tenant.example/acknowledge/")).upperBound
            let token = String(text[start...].prefix { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" })
            let link = try await world.store.read { (transaction: any RenewalTransaction) in
                try transaction.link(digest: InformLinkTerms.digest(of: token))
            }
            #expect(link?.notification.rawValue == "orders-1.3-provide" && link?.actor.name == "rita")
            let lifetime = try #require(link).expiresAt.timeIntervalSince(world.clock.now)
            #expect(abs(lifetime - 3_600) < 1)
        }
    }

    @Test("Who was informed, and by which channel, is in the audit log")
    func audited() async throws {
        try await World.run { world in
            let peer = try MailPeer([])
            try world.useMail(peer.port)
            try await world.notify()
            #expect(try await world.dispatch.deliver().map(\.state) == [.delivered])
            _ = try peer.next()
            let entries = try await world.store.read { (transaction: any KeystoreTransaction) in
                try transaction.auditEntries(after: 0, limit: 100)
            }
            let entry = try #require(entries.first { $0.action == "inform.delivered" })
            #expect(entry.subject == "orders-1.3-provide" && entry.detail.contains("rita"))
        }
    }

    @Test("What was being sent when the process ended is sent again, and says that it may have arrived")
    func interrupted() async throws {
        try await World.run { world in
            try world.useMail(1, host: "127.0.0.1")
            try await world.notify()
            _ = try await world.dispatch.deliver()
            let delivery = try #require(try await world.deliveries(.waiting).first)
            try await world.store.write { (transaction: any RenewalTransaction) in
                try transaction.updateDelivery(delivery.begun())
            }
            #expect(try await world.dispatch.deliver().isEmpty)

            let peer = try MailPeer([])
            try world.useMail(peer.port)
            let restarted = try world.dispatch
            try await restarted.recover()
            #expect(try await restarted.deliver().map(\.state) == [.delivered])
            let mail = try peer.next()
            #expect(mail.values("Message-ID") == ["<\(delivery.messageID)>"])
            #expect(mail.text.contains("an earlier one with the same Message-ID may have arrived"))
        }
    }

    @Test("A party that nobody can reach has its inbox, and the outbox empties")
    func inboxAlone() async throws {
        try await World.run { world in
            try await world.notify(to: Party(role: .senderAdministrator, organisation: "sender"))
            #expect(try await world.dispatch.deliver().isEmpty)
            let left = try await world.store.read { (transaction: any RenewalTransaction) in
                try transaction.undistributedNotifications(limit: 10)
            }
            #expect(left.isEmpty)
        }
    }

    @Test("Pauses double from 30 seconds to an hour")
    func pauses() {
        let retries = InformRetries()
        #expect(
            (1...9).map { retries.pause(after: $0) }
                == [30, 60, 120, 240, 480, 960, 1_920, 3_600, 3_600].map { .seconds($0) }
        )
        #expect(retries.pause(after: Int.max) == .seconds(3_600))
    }
}
