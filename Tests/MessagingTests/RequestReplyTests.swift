import Cryptography
import Foundation
import Keystore
import Messaging
import StoreSQLite
import TestSupport
import Testing
import WSSecurity

@Suite struct RequestReplyTests {
    @Test func `A message that names a sender's key and was signed with another counts against that version`()
        async throws
    {
        try await World.run { world in
            try await world.deploy()
            let forged = PartnerKeys.Pair(key: world.keys.stranger.key, certificate: world.keys.senderSign.certificate)
            #expect(await world.send(try world.request("one", signedBy: forged)).status == 500)
            let uses = try await world.runtime.keyUses(of: KeyAlias("sender-sign"))
            #expect(uses.map(\.account.outcome) == [.failed] && uses.map(\.account.purpose) == [.verify])
        }
    }

    @Test func `A request is verified, forwarded under the tenant's keys, and its answer comes back protected`()
        async throws
    {
        try await World.run { world in
            try await world.deploy()
            let reply = try await world.send("one")
            #expect(reply.status == 200)
            #expect(reply.contentType == "text/xml; charset=utf-8")
            let answer = try world.open(reply)
            #expect(String(decoding: answer.body, as: UTF8.self).contains("Done"))
            let arrival = try #require(world.receiver.arrivals.first)
            #expect(arrival.body.contains("one"))
            let sign = try world.keyring.snapshot.signingCredential(KeyAlias("tenant-sign"), at: world.clock.now)
            #expect(arrival.signer == sign.certificate)
        }
    }

    @Test func `An undeployed flow answers 503 with Retry-After and a fault`() async throws {
        try await World.run { world in
            try await world.deploy()
            _ = try await world.runtime.undeploy(world.flowID())
            let reply = try await world.send("one")
            #expect(reply.status == 503)
            #expect(reply.headers.contains { $0.name == "Retry-After" })
            #expect(try SOAPEnvelope(reply.body).fault?.code == .server)
            #expect(world.receiver.arrivals.isEmpty)
        }
    }

    @Test func `An unknown path, a wrong media type, a wrong SOAP version and a flood are refused`() async throws {
        var configuration = RuntimeConfiguration()
        configuration.messageOctetLimit = 100_000
        try await World.run(configuration: configuration) { world in
            try await world.deploy()
            let soap12 = try world.request("twelve", version: .soap12)
            #expect(try await world.send("one", to: "/in/nothing").status == 404)
            #expect(try await world.send("one", contentType: "application/json").status == 415)
            #expect(try await world.send("one", contentType: "application/soap+xml").status == 415)
            let other = await world.send(soap12)
            #expect(try SOAPEnvelope(other.body).fault?.code == .versionMismatch)
            let flood = await world.send([UInt8](repeating: 0x20, count: 100_001))
            #expect(flood.status == 413)
            #expect(world.log.causes.count == 4)
            #expect(world.log.causes.first?.contains("media type") == true)
            #expect(world.log.causes.last?.contains("100000 octets") == true)
            #expect(world.receiver.arrivals.isEmpty)
        }
    }

    @Test func `A message that another partner signed is refused, whatever certificate it brings`() async throws {
        try await World.run { world in
            try await world.deploy()
            try await world.runtime.deploy(
                Fixtures.flow("others", partner: "sender-two", verify: "stranger-sign", url: world.url)
            )
            let strangers = try world.request("one", signedBy: world.keys.stranger)
            let refused = await world.send(strangers)
            #expect(refused.status == 500)
            #expect(try SOAPEnvelope(refused.body).fault?.isSecurityFault == true)
            #expect(await world.send(strangers, to: "/in/others").status == 200)
            #expect(world.receiver.arrivals.count == 1)
        }
    }

    @Test func `A tampered, an expired and an unprotected message get the same kind of fault and reach nobody`()
        async throws
    {
        try await World.run { world in
            try await world.deploy()
            var tampered = try world.request("one")
            let place = try #require(tampered.firstRange(of: Array("CipherValue>".utf8))?.upperBound)
            tampered[place] = tampered[place] == 0x41 ? 0x42 : 0x41
            let expired = try world.request("two", at: world.clock.now.addingTimeInterval(-3600))
            for message in [tampered, expired, Fixtures.order("three"), Array("<".utf8), []] {
                let reply = await world.send(message)
                #expect(reply.status == 500)
                #expect(try SOAPEnvelope(reply.body).fault?.code == .client)
            }
            #expect(world.receiver.arrivals.isEmpty)
            let summary = try #require(try await world.runtime.summaries().first)
            #expect(summary.refused == 5 && summary.accepted == 0)
        }
    }

    @Test func `A receiver's fault is passed on under the tenant's protection`() async throws {
        try await World.run { world in
            try await world.deploy()
            world.receiver.set(.protectedFault)
            let reply = try await world.send("one")
            #expect(reply.status == 500)
            #expect(try SOAPEnvelope(world.open(reply).envelope).fault?.reason == "Out of stock")
        }
    }

    @Test func `Nothing that a receiver did not sign is passed on`() async throws {
        try await World.run { world in
            try await world.deploy()
            let subcode = SOAPFault.Subcode(namespace: Fixtures.wsse, name: "FailedCheck")
            for manner in [Receiver.Manner.plainFault(nil), .plainFault(subcode), .strangersConfirmation] {
                world.receiver.set(manner)
                let reply = try await world.send("one")
                #expect([500, 502].contains(reply.status))
                let fault = try #require(try SOAPEnvelope(world.open(reply).envelope).fault)
                #expect(fault.code == .server && fault.reason != "No")
            }
        }
    }

    @Test("A receiver that is not there, not ready or not SOAP is a reason to come again", arguments: [503, 404, 302])
    func retriable(status: Int) async throws {
        try await World.run { world in
            try await world.deploy()
            world.receiver.set(.status(status))
            #expect(try await world.send("one").status == 503)
            world.receiver.set(.text("maintenance"))
            #expect(try await world.send("two").status == 503)
            try await world.runtime.deploy(Fixtures.flow(url: "http://127.0.0.1:1/orders"))
            let reply = try await world.send("three")
            #expect(reply.status == 503)
            #expect(reply.headers.contains { $0.name == "Retry-After" })
        }
    }

    @Test func `A redirect is not followed: a message goes where its flow says and nowhere else`() async throws {
        try await World.run { world in
            try await world.deploy()
            world.receiver.set(.status(307))
            #expect(try await world.send("one").status == 503)
            #expect(world.receiver.arrivals.count == 1)
        }
    }

    @Test func `An exchange takes effect with the next message, and the old version is never used again`() async throws
    {
        try await World.run { world in
            try await world.deploy()
            #expect(try await world.send("before").status == 200)
            let (old, new) = try await world.exchange("tenant-sign")
            _ = try await world.runtime.acknowledgeGeneration()
            #expect(try await world.send("after").status == 200)
            let snapshot = world.keyring.snapshot
            let signers = world.receiver.arrivals.map(\.signer)
            #expect(signers == [snapshot.version(old)?.certificate, snapshot.version(new)?.certificate])
        }
    }

    @Test func `The ledger names every version used, with exact counts`() async throws {
        try await World.run { world in
            try await world.deploy()
            for number in 1...3 { _ = try await world.send("\(number)") }
            let (old, new) = try await world.exchange("tenant-sign")
            _ = try await world.runtime.acknowledgeGeneration()
            for number in 4...5 { _ = try await world.send("\(number)") }
            _ = await world.send(try world.request("bad", at: world.clock.now.addingTimeInterval(-3600)))
            let rows = try await world.runtime.keyUses()
            let count = { (alias: String, purpose: KeyPurpose) in
                rows.filter { $0.account.version.alias.rawValue == alias && $0.account.purpose == purpose }
                    .filter { $0.account.outcome == .succeeded }
                    .map(\.tally.count).reduce(0, +)
            }
            #expect(count("sender-sign", .verify) == 5)
            #expect(count("receiver-encrypt", .encrypt) == 5)
            #expect(count("receiver-sign", .verify) == 5)
            #expect(count("tenant-decrypt", .decrypt) == 10)
            #expect(count("tenant-reply-sign", .sign) == 5)
            #expect(count("sender-encrypt", .encrypt) == 5)
            let signed = rows.filter { $0.account.purpose == .sign && $0.account.side == .receiver }
            #expect(signed.map(\.account.version) == [old, new])
            #expect(signed.map(\.tally.count) == [3, 2])
        }
    }

    @Test(
        "A message that the receiver cannot verify counts against the version that signed it, an expired one does not",
        arguments: [
            (Fixtures.wsse, "FailedCheck", KeyUse.Outcome.failed), (Fixtures.wsu, "MessageExpired", .unanswered),
        ]
    )
    func securityFault(namespace: String, name: String, outcome: KeyUse.Outcome) async throws {
        try await World.run { world in
            try await world.deploy()
            world.receiver.set(.plainFault(SOAPFault.Subcode(namespace: namespace, name: name)))
            _ = try await world.send("one")
            let rows = try await world.runtime.keyUses(of: KeyAlias("tenant-sign"))
            #expect(rows.map(\.account.outcome) == [outcome])
        }
    }

    @Test func `A key that cannot be used makes the sender come again, and its reason is not told`() async throws {
        try await World.run { world in
            try await world.runtime.deploy(Fixtures.flow(sign: "no-such-key", url: world.url))
            let reply = try await world.send("one")
            #expect(reply.status == 503)
            #expect(!String(decoding: reply.body, as: UTF8.self).contains("no-such-key"))
            #expect(world.receiver.arrivals.isEmpty)
        }
    }
}
