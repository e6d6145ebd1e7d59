import Cryptography
import FoundationEssentials
import TestSupport
import Testing
import WSSecurity

@Suite("A message that was changed on its way is refused")
struct TamperingTests {
    @Test(
        "in any of its signed parts",
        arguments: [
            ("number='7'", "number='8'"), ("M\u{FC}ller", "M\u{FC}hler"), ("<raw>", "<row>"),
            ("urn:uuid:1", "urn:uuid:2"),
            ("urn:test:order", "urn:test:ordes"), ("xsi:nil=\"false\"", "xsi:nil=\"true\""),
            ("<wsu:Created>2026", "<wsu:Created>2025"), ("Z</wsu:Expires>", "0Z</wsu:Expires>"),
            ("<m:note", " <m:note"),
        ]
    )
    func signedParts(_ original: String, _ change: String) throws {
        let message = try Fixtures.signed(parts: [.body, .timestamp, Fixtures.messageID])
        #expect(message.contains(original))
        let fault = try Fixtures.fault(of: message.replacing(original, with: change))
        #expect(fault?.code == .failedCheck || fault?.code == .messageExpired)
        #expect(try Fixtures.fault(of: message) == nil)
    }

    @Test("in SignedInfo, in the signature value, in the digest")
    func signature() throws {
        let message = try Fixtures.signed()
        for (name, code) in [("SignatureValue", SecurityFault.Code.failedCheck), ("DigestValue", .failedCheck)] {
            let start = try #require(message.firstRange(of: "<ds:\(name)>")).upperBound
            let other = message[start] == "A" ? "B" : "A"
            let changed = message.replacingCharacters(at: start, with: other)
            #expect(try Fixtures.fault(of: changed)?.code == code)
        }
        let digest = message.replacing("xmlenc#sha256\"", with: "xmlenc#sha512\"")
        #expect(try Fixtures.fault(of: digest)?.code == .invalidSecurity)
        let method = message.replacing("xmldsig-more#rsa-sha256", with: "xmldsig-more#rsa-sha384")
        #expect(try Fixtures.fault(of: method)?.code == .failedCheck)
        let family = message.replacing("xmldsig-more#rsa-sha256", with: "xmldsig-more#ecdsa-sha256")
        #expect(try Fixtures.fault(of: family)?.code == .failedCheck)
    }

    @Test(
        "in any single octet: never accepted with another content, never a crash",
        arguments: ProtectionOrder.allCases
    )
    func anyOctet(_ order: ProtectionOrder) throws {
        var generator = SeededGenerator(seed: 0x5EC0_0001)
        let message = try Fixtures.protected(order: order)
        let policy = InboundPolicy(encrypted: [.body])
        for round in 0..<400 {
            var changed = message
            let index = Int.random(in: changed.indices, using: &generator)
            changed[index] = UInt8.random(in: 0...255, using: &generator)
            guard changed[index] != message[index],
                let result = try? Fixtures.process(changed, policy)
            else { continue }
            let body = String(decoding: result.body, as: UTF8.self)
            #expect(body == Fixtures.order, "seed \(generator.seed), round \(round), octet \(index)")
        }
    }

    @Test("by removing or repeating any run of octets", arguments: ProtectionOrder.allCases)
    func anyRun(_ order: ProtectionOrder) throws {
        var generator = SeededGenerator(seed: 0x5EC0_0002)
        let message = try Fixtures.protected(order: order)
        let policy = InboundPolicy(encrypted: [.body])
        for round in 0..<300 {
            var changed = message
            let start = Int.random(in: changed.indices, using: &generator)
            let end = min(changed.count, start + Int.random(in: 1...200, using: &generator))
            if round.isMultiple(of: 2) {
                changed.removeSubrange(start..<end)
            } else {
                changed.insert(contentsOf: message[start..<end], at: Int.random(in: changed.indices, using: &generator))
            }
            guard let result = try? Fixtures.process(changed, policy) else { continue }
            let body = String(decoding: result.body, as: UTF8.self)
            #expect(body == Fixtures.order, "seed \(generator.seed), round \(round), \(start)..<\(end)")
        }
    }

    @Test("with the certificate of someone who is not trusted")
    func foreignSigner() throws {
        let stranger = try Fixtures.Pair.made(.rsa2048, "CN=sender, O=Interop \\, Test, C=DE")
        for reference in Fixtures.tokenReferences {
            let settings = SignatureSettings(keyReference: reference)
            let message = try Fixtures.protected(Fixtures.envelope(), settings, nil, signer: stranger)
            let fault = try #require(try Fixtures.fault(of: String(decoding: message, as: UTF8.self)))
            let code: SecurityFault.Code =
                reference == .binarySecurityToken ? .failedAuthentication : .securityTokenUnavailable
            #expect(fault.code == code)
            #expect(fault.outward.code == .failedCheck)
            #expect(fault.hint?.fits(stranger.certificate) == true)
        }
    }

    @Test("or signed by another key under a trusted certificate's name")
    func borrowedName() throws {
        let sender = try Fixtures.sender.get()
        let thief = try PrivateKey.generate(.rsa2048)
        for reference in Fixtures.tokenReferences {
            let settings = SignatureSettings(keyReference: reference)
            let pair = Fixtures.Pair(key: thief, certificate: sender.certificate)
            let message = try Fixtures.protected(Fixtures.envelope(), settings, nil, signer: pair)
            #expect(try Fixtures.fault(of: String(decoding: message, as: UTF8.self))?.code == .failedCheck)
        }
    }

    @Test("A key reference that several trusted keys fit is refused; several certificates of one key are one")
    func ambiguous() throws {
        let (sender, receiver) = try (Fixtures.sender.get(), Fixtures.receiver.get())
        let otherSender = try Fixtures.Pair.made(.rsa2048, "CN=sender, O=Interop \\, Test, C=DE")
        let otherReceiver = try Fixtures.Pair.made(.rsa2048, "CN=receiver")
        let message = try Fixtures.protected(
            Fixtures.envelope(),
            SignatureSettings(keyReference: .keyName),
            EncryptionSettings(keyReference: .keyName),
            order: .signThenEncrypt
        )
        let process = { (signers: [Fixtures.Pair], recipients: [Fixtures.Pair]) in
            let keys = StaticTrustedKeys(
                verifying: signers.map(\.certificate),
                decrypting: recipients.map(\.decryption)
            )
            _ = try MessageProcessor(policy: InboundPolicy(), keys: keys).process(message, receivedAt: Fixtures.now)
        }
        for (signers, recipients) in [([sender], [receiver, otherReceiver]), ([sender, otherSender], [receiver])] {
            #expect {
                try process(signers, recipients)
            } throws: { ($0 as? SecurityFault)?.code == .securityTokenUnavailable }
        }
        try process([sender, sender], [receiver, receiver])
    }

    @Test("A signature of an expired certificate is refused, and an expired certificate never protects")
    func expired() throws {
        let later = Fixtures.now.addingTimeInterval(100_000)
        let protector = try MessageProtector(Fixtures.protection())
        #expect { try protector.protect(Fixtures.envelope(), now: later) } throws: {
            ($0 as? SecurityFault)?.code == .cannotProtect
        }
        var policy = InboundPolicy()
        policy.maximumAge = .seconds(1_000_000)
        policy.clockSkew = .seconds(1_000_000)
        let fault = try Fixtures.fault(of: Fixtures.signed(), policy, at: later)
        #expect(fault?.code == .failedAuthentication)
    }
}

extension String {
    func replacingCharacters(at index: Index, with other: String) -> String {
        String(self[..<index]) + other + self[self.index(after: index)...]
    }
}

@Suite("Namespaces from outside of a signed part")
struct NamespaceContextTests {
    @Test(
        "a binding that encrypted or signed content uses cannot be changed on the way",
        arguments: ProtectionOrder.allCases
    )
    func changedBinding(_ order: ProtectionOrder) throws {
        let message = String(decoding: try Fixtures.protected(order: order), as: UTF8.self)
        #expect(message.contains("PrefixList=\"xsi\""))
        let policy = InboundPolicy(encrypted: [.body])
        #expect(try Fixtures.fault(of: message, policy) == nil)
        let changed = message.replacing("http://www.w3.org/2001/XMLSchema-instance", with: "urn:other")
        #expect(try Fixtures.fault(of: changed, policy)?.code == .failedCheck)
    }

    @Test("nor one that only values use, nor the default namespace", arguments: ProtectionOrder.allCases)
    func values(_ order: ProtectionOrder) throws {
        let envelope =
            "<s:Envelope xmlns:s=\"\(SOAPVersion.soap11.namespace)\" xmlns:t=\"urn:types\" xmlns=\"urn:default\">"
            + "<s:Body><Order type=\"t:Order\"/></s:Body></s:Envelope>"
        let octets = try Fixtures.protected(Array(envelope.utf8), order: order)
        let message = String(decoding: octets, as: UTF8.self)
        let policy = InboundPolicy(encrypted: [.body])
        let body = try Fixtures.process(octets, policy).body
        #expect(
            String(decoding: body, as: UTF8.self)
                == "<Order xmlns=\"urn:default\" xmlns:t=\"urn:types\" type=\"t:Order\"></Order>"
        )
        for name in ["urn:types", "urn:default"] {
            let changed = message.replacing(name, with: "urn:other")
            #expect(try Fixtures.fault(of: changed, policy)?.code == .failedCheck)
        }
    }
}
