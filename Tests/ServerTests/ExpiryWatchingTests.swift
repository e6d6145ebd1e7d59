import Foundation
import Keystore
import ManagementAPI
import Server
import TestSupport
import Testing

@Suite("Certificates that end")
struct ExpiryWatchingTests {
    @Test("An end is said once a threshold and opens one planned renewal, for keys that flows use")
    func watch() async throws {
        try await World.run { world in
            let sender = try SigningSender(now: world.clock.now)
            try await world.deployOrders(trusting: sender.certificate)
            let api = world.api(.administrator)
            _ = try await api.addKeyVersion(
                AddKeyVersion(
                    alias: "unused",
                    source: .create(kind: "p-256", subject: "CN=unused", validityDays: 3620)
                )
            )
            let watching = ExpiryWatching(tenant: world.tenant)
            #expect(try await watching.watch().isEmpty)
            world.clock.advance(by: .seconds(3600 * 86_400))
            let alerts = try await watching.watch()
            let own = try #require(alerts.first { $0.notice.version.alias.rawValue == "reply-sign" })
            #expect(own.notice.days == 60 && own.renewal == "reply-sign-1")
            let unused = try #require(alerts.first { $0.notice.version.alias.rawValue == "unused" })
            #expect(unused.notice.days == 30 && unused.renewal == nil && unused.obstacle?.isEmpty == false)
            #expect(try await watching.watch().isEmpty)
            #expect(try await api.renewal("reply-sign-1").state == "planned")
            world.clock.advance(by: .seconds(30 * 86_400))
            let later = try await watching.watch()
            #expect(later.contains { $0.notice.version.alias.rawValue == "reply-sign" && $0.notice.days == 30 })
            #expect(later.allSatisfy { $0.renewal == nil })
            #expect(
                try await api.audit().contains { $0.action == "key.expires" && $0.subject == "reply-sign version 1" }
            )
        }
    }

    @Test("An issuer that ends before the key is said with what mends it, and opens no renewal")
    func issuer() async throws {
        try await World.run(now: Date(timeIntervalSince1970: 1_806_000_000)) { world in
            let api = world.api(.administrator)
            let chain = try String(decoding: Vectors.octets("keys/short-chain.pem"), as: UTF8.self)
            _ = try await api.addKeyVersion(
                AddKeyVersion(alias: "sender-sign", source: .certificate(certificates: chain, partner: "sender"))
            )
            let watching = ExpiryWatching(tenant: world.tenant)
            let alert = try #require(try await watching.watch().first)
            #expect(alert.notice.days == 7 && alert.renewal == nil)
            #expect(alert.obstacle?.contains("rekey key attach sender-sign") == true)
            #expect(try await watching.watch().isEmpty)
            #expect(try await api.renewals().isEmpty)
        }
    }
}
