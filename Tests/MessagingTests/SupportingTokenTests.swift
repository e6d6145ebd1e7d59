import Cryptography
import Foundation
import Keystore
import Messaging
import TestSupport
import Testing
import WSSecurity

@Suite("Confirmations, endorsements, assertions and users on the way through a flow")
struct SupportingTokenTests {
    /// The flow of most tests with other settings for its four messages.
    private static func flow(
        _ world: World,
        request: String = "{verify: [sender-sign], decrypt: [tenant-decrypt]}",
        answer: String = "{sign: tenant-reply-sign, encrypt: sender-encrypt}",
        sent: String = "{sign: tenant-sign, encrypt: receiver-encrypt}",
        answered: String = "{verify: [receiver-sign], decrypt: [tenant-decrypt]}"
    ) throws -> IntegrationFlow {
        try IntegrationFlow(
            yaml: """
                id: orders
                pattern: requestReply
                sender: {partner: sender-one, path: /in/orders, request: \(request), response: \(answer)}
                receiver: {partner: receiver-one, url: "\(world.url)", request: \(sent), response: \(answered)}
                """
        )
    }

    /// An order as the sender sends it, with more than usual.
    private static func order(
        _ world: World,
        _ change: (inout OutboundProtection) throws -> Void
    ) throws -> ProtectedMessage {
        let signer = world.keys.senderSign
        var outbound = OutboundProtection(
            signature: (SignatureSettings(), SigningCredential(key: signer.key, certificate: signer.certificate)),
            encryption: (EncryptionSettings(), world.keys.tenantDecrypt.certificate)
        )
        try change(&outbound)
        return try MessageProtector(outbound).protectedMessage(of: Fixtures.order("one"), now: world.clock.now)
    }

    /// The tenant's answer, read as the sender does.
    private static func accepts(_ reply: InboundReply, _ world: World, confirming values: Set<[UInt8]>?) throws -> Bool
    {
        var policy = InboundPolicy(encrypted: [.body])
        policy.confirmations = values
        let sender = world.keys.senderDecrypt
        let keys = StaticTrustedKeys(
            verifying: world.keyring.snapshot.accepted([try KeyAlias("tenant-reply-sign")]).map(\.certificate),
            decrypting: [DecryptionKey(certificate: sender.certificate, key: sender.key)]
        )
        do throws(SecurityFault) {
            _ = try MessageProcessor(policy: policy, keys: keys).process(reply.body, receivedAt: world.clock.now)
            return true
        } catch {
            return false
        }
    }

    private static func assertion(_ method: String, audience: String = "urn:tenant") -> [UInt8] {
        Array(
            """
            <saml2:Assertion xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion" ID="_a1" Version="2.0" \
            IssueInstant="2026-12-31T00:00:00Z"><saml2:Issuer>issuer</saml2:Issuer><saml2:Subject>\
            <saml2:NameID>user</saml2:NameID><saml2:SubjectConfirmation \
            Method="urn:oasis:names:tc:SAML:2.0:cm:\(method)"/></saml2:Subject><saml2:Conditions>\
            <saml2:AudienceRestriction><saml2:Audience>\(audience)</saml2:Audience></saml2:AudienceRestriction>\
            </saml2:Conditions></saml2:Assertion>
            """
            .utf8
        )
    }

    // MARK: Confirmations

    @Test func `An answer confirms the signatures of its request, also when it is a fault`() async throws {
        try await World.run { world in
            let answer = "{sign: tenant-reply-sign, encrypt: sender-encrypt, confirmSignatures: true}"
            try await world.runtime.deploy(Self.flow(world, answer: answer))
            for manner in [Receiver.Manner.confirm, .text("no SOAP"), .protectedFault] {
                world.receiver.set(manner)
                let order = try Self.order(world) { _ in }
                #expect(order.signatureValues.count == 1)
                let reply = await world.send(order.octets)
                guard reply.status != 503 else { continue }
                #expect(try Self.accepts(reply, world, confirming: Set(order.signatureValues)))
                #expect(try !Self.accepts(reply, world, confirming: [[1]]))
            }
            try await world.runtime.deploy(Self.flow(world))
            world.receiver.set(.confirm)
            let order = try Self.order(world) { _ in }
            #expect(try !Self.accepts(await world.send(order.octets), world, confirming: Set(order.signatureValues)))
        }
    }

    @Test func `A receiver's answer must confirm the request that was sent, and no other`() async throws {
        try await World.run { world in
            let answered = "{verify: [receiver-sign], decrypt: [tenant-decrypt], confirmSignatures: true}"
            try await world.runtime.deploy(Self.flow(world, answered: answered))
            world.receiver.set(.confirmSignatures(of: nil))
            #expect(try await world.send("one").status == 200)
            for manner in [Receiver.Manner.confirmSignatures(of: [[1, 2, 3]]), .confirmSignatures(of: []), .confirm] {
                world.receiver.set(manner)
                #expect(try await world.send("one").status == 502)
            }
        }
    }

    // MARK: Endorsements

    @Test func `A channel endorses its signature with another alias`() async throws {
        try await World.run { world in
            let sent = "{sign: tenant-sign, encrypt: receiver-encrypt, endorse: tenant-reply-sign}"
            try await world.runtime.deploy(Self.flow(world, sent: sent))
            #expect(try await world.send("one").status == 200)
            let arrival = try #require(world.receiver.arrivals.first)
            #expect(arrival.signatures.map(\.parts) == [[.body, .timestamp], [.signature]])
            let names = arrival.signatures.compactMap { $0.certificate?.subject }
            #expect(names == ["CN=tenant-sign", "CN=tenant-reply-sign"])
        }
    }

    @Test func `An endorser must have signed, and signs nothing in place of the sender`() async throws {
        try await World.run { world in
            let stranger = try PartnerKeys.Pair(.p256, "endorser")
            try await world.addCertificate(stranger, as: "sender-endorse", of: "sender-one")
            let request = "{verify: [sender-sign], decrypt: [tenant-decrypt], endorse: [sender-endorse]}"
            try await world.runtime.deploy(Self.flow(world, request: request))
            let credential = SigningCredential(key: stranger.key, certificate: stranger.certificate)
            let endorsed = try Self.order(world) {
                $0.furtherSignatures = [(SignatureSettings(parts: [.signature]), credential)]
            }
            #expect(await world.send(endorsed.octets).status == 200)
            let alone = try Self.order(world) { _ in }
            let other = try Self.order(world) {
                $0.furtherSignatures = [(SignatureSettings(parts: [.body]), credential)]
            }
            let inPlace = try Self.order(world) { $0.signature?.credential = credential }
            let divided = try Self.order(world) {
                $0.signature?.settings.parts = [.timestamp]
                $0.furtherSignatures = [(SignatureSettings(parts: [.body, .signature]), credential)]
            }
            for message in [alone, other, inPlace, divided] {
                #expect(await world.send(message.octets).status == 500)
            }
            #expect(world.receiver.arrivals.count == 1)
            let foreign = try Self.flow(world, request: request.replacing("sender-endorse", with: "stranger-sign"))
            await #expect(throws: DeploymentError.self) { try await world.runtime.deploy(foreign) }
        }
    }

    // MARK: Assertions

    @Test func `The assertion of a request is forwarded as it came, vouched for by the tenant`() async throws {
        try await World.run { world in
            let request = """
                {verify: [sender-sign], decrypt: [tenant-decrypt], samlAssertion: {confirmation: senderVouches, \
                audiences: [urn:tenant]}}
                """
            let sent = "{sign: tenant-sign, encrypt: receiver-encrypt, samlAssertion: {forward: true}}"
            try await world.runtime.deploy(Self.flow(world, request: request, sent: sent))
            let carrying = { (octets: [UInt8]) in
                try Self.order(world) {
                    $0.assertion = try SAMLToken(octets)
                    $0.signature?.settings.parts.append(.samlAssertion)
                }
                .octets
            }
            #expect(try await world.send(carrying(Self.assertion("sender-vouches"))).status == 200)
            let arrival = try #require(world.receiver.arrivals.first)
            #expect(arrival.assertions.map(\.subject) == ["user"] && arrival.assertions.allSatisfy(\.isCovered))
            #expect(arrival.signer?.subject == "CN=tenant-sign")
            #expect(try await world.send("without").status == 500)
            let elsewhere = Self.assertion("sender-vouches", audience: "urn:other")
            #expect(try await world.send(carrying(elsewhere)).status == 500)
            #expect(try await world.send(carrying(Self.assertion("bearer"))).status == 500)
            #expect(world.receiver.arrivals.count == 1)
        }
    }

    @Test func `A channel sends the assertion that a file keeps, fresh for every message`() async throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "assertion-\(UUID().uuidString).xml")
        defer { try? FileManager.default.removeItem(at: file) }
        var configuration = RuntimeConfiguration()
        configuration.assertions["sts"] = file.path
        try await World.run(configuration: configuration) { world in
            let sent = "{sign: tenant-sign, encrypt: receiver-encrypt, samlAssertion: {credential: sts}}"
            try await world.runtime.deploy(Self.flow(world, sent: sent))
            #expect(try await world.send("one").status == 503)
            for name in ["user", "other"] {
                let text = String(decoding: Self.assertion("sender-vouches"), as: UTF8.self)
                try Data(text.replacing("user", with: name).utf8).write(to: file)
                #expect(try await world.send("one").status == 200)
                #expect(world.receiver.arrivals.last?.assertions.map(\.subject) == [name])
            }
            let unknown = try Self.flow(world, sent: sent.replacing("sts", with: "nobody"))
            await #expect(throws: DeploymentError.unknownAssertion("nobody", in: unknown.id)) {
                try await world.runtime.deploy(unknown)
            }
        }
    }

    // MARK: Users

    @Test func `A request must bring the token of a user who is named, with the right password`() async throws {
        var configuration = RuntimeConfiguration()
        configuration.credentials["orders-user"] = Receiver.password
        configuration.credentials["other-user"] = SharedKey(name: "OTHER", password: "also secret")
        try await World.run(configuration: configuration) { world in
            let request = """
                {verify: [sender-sign], decrypt: [tenant-decrypt], usernameToken: {credentials: [orders-user]}}
                """
            try await world.runtime.deploy(Self.flow(world, request: request))
            let order = { (name: String, password: String, form: UsernameTokenDemand.PasswordForm) in
                try Self.order(world) {
                    let key = SharedKey(name: name, password: password)
                    $0.usernameToken = UsernameCredential(name: name, password: key, form: form)
                }
                .octets
            }
            #expect(try await world.send(order("ORDERS", "not quite secret", .digest)).status == 200)
            #expect(try await world.send(order("ORDERS", "guessed", .digest)).status == 500)
            #expect(try await world.send(order("OTHER", "also secret", .digest)).status == 500)
            #expect(try await world.send(order("ORDERS", "not quite secret", .text)).status == 500)
            #expect(try await world.send("without").status == 500)
            #expect(world.receiver.arrivals.count == 1)
        }
    }
}
