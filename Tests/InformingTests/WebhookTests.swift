import Cryptography
import Foundation
import Informing
import Messaging
import Renewal
import TestSupport
import Testing

@Suite("Informs by webhook")
struct WebhookTests {
    private static let secret = "whsec_" + Base64.encode([UInt8](repeating: 7, count: 32))

    private func subscribe(_ world: World, to url: String) throws {
        world.address = ""
        world.webhooks = [try #require(Webhook(name: "hook", url: url, secret: Self.secret, trust: nil))]
        world.subscriptions = [.init(webhook: "hook", organisation: "receiver", role: nil)]
    }

    @Test("A notification is a CloudEvent that its receiver can verify as Standard Webhooks says")
    func event() async throws {
        try await EventReceiver.run { receiver in
            try await World.run { world in
                try subscribe(world, to: receiver.url)
                try await world.notify(attachments: [
                    RenewalNotification.Attachment(name: "a.pem", certificatePEM: "PEM", fingerprint: "AB:CD")
                ])
                let ended = try await world.dispatch.deliver()
                #expect(ended.map(\.state) == [.delivered], "\(ended.map(\.result))")
                let taken = try #require(receiver.taken.first)
                #expect(taken.headers["content-type"] == "application/cloudevents+json; charset=utf-8")
                let (id, moment) = try (
                    #require(taken.headers["webhook-id"]), #require(taken.headers["webhook-timestamp"])
                )
                #expect(id == ended[0].messageID)
                #expect(abs((Double(moment) ?? 0) - world.clock.now.timeIntervalSince1970) < 1)
                let code = try SecretKey(copying: [UInt8](repeating: 7, count: 32))
                    .authenticate(Array("\(id).\(moment).\(taken.body)".utf8), by: .sha256)
                #expect(taken.headers["webhook-signature"] == "v1," + Base64.encode(code))

                let event = try JSONDecoder().decode(Event.self, from: Data(taken.body.utf8))
                #expect(event.specversion == "1.0" && event.id == id && event.source == "urn:rekey:tenant:tenant")
                #expect(event.type == "rekey.renewal.inform.v1" && event.subject == "orders-1/3-provide")
                #expect(event.data.certificates.map(\.sha256Fingerprint) == ["AB:CD"])
                #expect(event.data.text.contains("SHA-256 fingerprint AB:CD"))
            }
        }
    }

    private struct Event: Decodable {
        struct Content: Decodable {
            struct Certificate: Decodable { let sha256Fingerprint: String }
            let text: String
            let certificates: [Certificate]
            let attempt: Int
        }
        let specversion, id, source, type, subject: String
        let data: Content
    }

    @Test("Redirects are not followed; 5xx is tried again, 4xx is given up")
    func statuses() async throws {
        for (status, state) in [
            (307, InformDelivery.State.undeliverable), (503, .waiting), (404, .undeliverable), (429, .waiting),
        ] {
            try await EventReceiver.run(status: status) { receiver in
                try await World.run { world in
                    try subscribe(world, to: receiver.url)
                    try await world.notify()
                    #expect(try await world.dispatch.deliver().map(\.state) == [state], "\(status)")
                    #expect(receiver.taken.count == 1)
                }
            }
        }
    }

    @Test("An address that is not public is called only when its network is listed")
    func forbidden() async throws {
        try await EventReceiver.run { receiver in
            try await World.run { world in
                try subscribe(world, to: receiver.url)
                world.rules = ReceiverRules()
                try await world.notify()
                let ended = try await world.dispatch.deliver()
                #expect(ended.map(\.state) == [.waiting] && ended[0].result?.contains("may not be called") == true)
                #expect(receiver.taken.isEmpty)
            }
        }
    }

    @Test("A short secret is none, and no description shows one")
    func secrets() throws {
        #expect(Webhook(name: "a", url: "https://b/", secret: "short", trust: nil) == nil)
        #expect(Webhook(name: "a", url: "https://b/", secret: "whsec_!!!", trust: nil) == nil)
        let webhook = try #require(Webhook(name: "a", url: "https://b/", secret: Self.secret, trust: nil))
        #expect(!"\(webhook)".contains(Self.secret.dropFirst(6)) && !String(reflecting: webhook).contains("7, 7"))
    }
}
