import Cryptography
import Testing
import WSSecurity

@Suite("The inbound policy says what must be covered and what is allowed")
struct PolicyTests {
    @Test("a part that must be signed and is not, is named in the cause")
    func coverage() throws {
        let message = try Fixtures.signed(parts: [.timestamp])
        let fault = try #require(try Fixtures.fault(of: message))
        #expect(fault.code == .invalidSecurity)
        #expect(fault.cause.contains("body"))
        #expect(try Fixtures.fault(of: message, InboundPolicy(signed: [.timestamp])) == nil)
        let missing = MessagePart.header(namespace: "urn:none", localName: "None")
        #expect(try Fixtures.fault(of: message, InboundPolicy(signed: [missing]))?.code == .invalidSecurity)
    }

    @Test("nothing demanded: the header is processed all the same")
    func nothingDemanded() throws {
        let lenient = InboundPolicy(signed: [], requiresTimestamp: false)
        #expect(try Fixtures.process(Fixtures.envelope(), lenient).signatures.isEmpty)
        #expect(try Fixtures.process(Array(Fixtures.signed().utf8), lenient).signatures.count == 1)
        let tampered = try Fixtures.signed().replacing("number='7'", with: "number='8'")
        #expect(try Fixtures.fault(of: tampered, lenient)?.code == .failedCheck)
    }

    @Test("a message without Security header is refused where anything is demanded")
    func noHeader() throws {
        let plain = String(decoding: Fixtures.envelope(), as: UTF8.self)
        let policies = [
            InboundPolicy(), InboundPolicy(signed: [], encrypted: [.body], requiresTimestamp: false),
            InboundPolicy(signed: [], requiresTimestamp: true),
        ]
        for policy in policies { #expect(try Fixtures.fault(of: plain, policy)?.code == .invalidSecurity) }
    }

    @Test("encrypted means that the whole content of Body was")
    func encryption() throws {
        let policy = InboundPolicy(encrypted: [.body])
        #expect(try Fixtures.fault(of: Fixtures.signed(), policy)?.code == .invalidSecurity)
        let header = EncryptionSettings(parts: [Fixtures.messageID])
        let message = try Fixtures.protected(encryption: header)
        #expect(try Fixtures.fault(of: String(decoding: message, as: UTF8.self), policy)?.code == .invalidSecurity)
    }

    @Test("the order is the one that the policy asks for")
    func order() throws {
        for order in ProtectionOrder.allCases {
            let message = String(decoding: try Fixtures.protected(order: order), as: UTF8.self)
            for wanted in ProtectionOrder.allCases {
                var policy = InboundPolicy(encrypted: [.body])
                policy.order = wanted
                let fault = try Fixtures.fault(of: message, policy)
                #expect(fault?.code == (order == wanted ? nil : .invalidSecurity))
            }
        }
    }

    @Test("algorithms outside of the allow-lists are refused before any key is used")
    func algorithms() throws {
        let message = String(decoding: try Fixtures.protected(order: .signThenEncrypt), as: UTF8.self)
        var policies = [InboundPolicy](repeating: InboundPolicy(encrypted: [.body]), count: 4)
        policies[0].signatureAlgorithms.remove(.rsaSHA256)
        policies[1].digestAlgorithms.remove(.sha256)
        policies[2].encryptionAlgorithms.remove(.aes256GCM)
        policies[3].keyTransports.remove(.rsaOAEPMGF1P(digest: .sha1))
        for policy in policies {
            let fault = try #require(try Fixtures.fault(of: message, policy))
            #expect(fault.code == .unsupportedAlgorithm)
            #expect(fault.outward.code == .unsupportedAlgorithm)
        }
    }

    @Test("limits on signatures, references, wrapped keys and encrypted parts")
    func limits() throws {
        let message = String(decoding: try Fixtures.protected(order: .signThenEncrypt), as: UTF8.self)
        var policies = [InboundPolicy](repeating: InboundPolicy(encrypted: [.body]), count: 5)
        policies[0].limits.signatureCount = 0
        policies[1].limits.referenceCount = 1
        policies[2].limits.encryptedKeyCount = 0
        policies[3].limits.encryptedDataCount = 0
        policies[4].limits.privateKeyOperationCount = 0
        for policy in policies { #expect(try Fixtures.fault(of: message, policy)?.code == .invalidSecurity) }
        var small = InboundPolicy()
        small.limits.octetCount = 100
        #expect(try Fixtures.fault(of: message, small)?.code == .malformedMessage)
    }

    @Test("settings that cannot be kept are refused when protecting")
    func impossibleSettings() throws {
        let missing = MessagePart.header(namespace: "urn:none", localName: "None")
        let impossible: [(SignatureSettings, EncryptionSettings?)] = [
            (SignatureSettings(parts: [.body, missing]), nil), (SignatureSettings(parts: []), nil),
            (SignatureSettings(), EncryptionSettings(parts: [])),
            (SignatureSettings(), EncryptionSettings(parts: [.timestamp])),
            (SignatureSettings(), EncryptionSettings(parts: [missing])),
        ]
        for (signature, encryption) in impossible {
            #expect {
                try Fixtures.protected(Fixtures.envelope(), signature, encryption)
            } throws: {
                ($0 as? SecurityFault)?.code == .cannotProtect
            }
        }
        let recipient = try Fixtures.curve256.get().certificate
        let protection = OutboundProtection(encryption: (EncryptionSettings(), recipient))
        #expect { try MessageProtector(protection).protect(Fixtures.envelope(), now: Fixtures.now) } throws: {
            ($0 as? SecurityFault)?.code == .cannotProtect
        }
    }
}
