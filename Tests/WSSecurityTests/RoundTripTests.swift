import Cryptography
import FoundationEssentials
import Testing
import WSSecurity
import XMLEncryption

@Suite("A protected message comes out of its processing as it went in")
struct RoundTripTests {
    @Test(
        "over all key references, in both orders and both SOAP versions",
        arguments: KeyReference.allCases
    )
    func keyReferences(_ reference: KeyReference) throws {
        for order in ProtectionOrder.allCases {
            for version in SOAPVersion.allCases {
                let message = try Fixtures.protected(
                    Fixtures.envelope(version),
                    SignatureSettings(keyReference: reference, parts: [.body, .timestamp, Fixtures.messageID]),
                    EncryptionSettings(keyReference: reference),
                    order: order
                )
                var policy = InboundPolicy(signed: [.body, .timestamp, Fixtures.messageID], encrypted: [.body])
                policy.order = order
                let result = try Fixtures.process(message, policy)
                #expect(result.version == version)
                #expect(String(decoding: result.body, as: UTF8.self) == Fixtures.order)
                #expect(result.signatures.map(\.parts) == [[.body, Fixtures.messageID, .timestamp]])
                #expect(result.signatures.first?.certificate == (try Fixtures.sender.get().certificate))
                #expect(result.decryptions.map(\.parts) == [[.body]])
                #expect(result.decryptions.first?.certificate == (try Fixtures.receiver.get().certificate))
                #expect(result.timestamp?.expiresAt == result.timestamp?.createdAt.addingTimeInterval(300))
            }
        }
    }

    @Test("over RSA and ECDSA with each hash", arguments: [DigestAlgorithm.sha256, .sha384, .sha512])
    func signatureAlgorithms(_ digest: DigestAlgorithm) throws {
        for signer in try [Fixtures.sender.get(), Fixtures.curve256.get(), Fixtures.curve384.get()] {
            let settings = SignatureSettings(algorithm: digest, digest: digest)
            let message = try Fixtures.protected(Fixtures.envelope(), settings, nil, signer: signer)
            let result = try Fixtures.process(message)
            #expect(result.signatures.first?.certificate == signer.certificate)
            #expect(
                result.signatures.first?.algorithm.hasSuffix(digest.rawValue.lowercased().filter { $0 != "-" }) == true
            )
        }
    }

    @Test(
        "over each cipher and each way of wrapping its key",
        arguments: EncryptionMethod.allCases.filter(\.cipher.encrypts)
    )
    func ciphers(_ method: EncryptionMethod) throws {
        for transport in KeyTransportMethod.recommended where transport.transport != nil {
            let settings = EncryptionSettings(algorithm: method, keyTransport: transport)
            for order in ProtectionOrder.allCases {
                let message = try Fixtures.protected(encryption: settings, order: order)
                var policy = InboundPolicy(encrypted: [.body])
                policy.encryptionAlgorithms = [method]
                policy.keyTransports = [transport]
                let result = try Fixtures.process(message, policy)
                #expect(result.decryptions.first?.algorithm == method.uri)
                #expect(String(decoding: result.body, as: UTF8.self) == Fixtures.order)
            }
        }
    }

    @Test("and what may be forwarded is the envelope that was sent, ids apart")
    func forwarded() throws {
        for order in ProtectionOrder.allCases {
            let result = try Fixtures.process(Fixtures.protected(order: order), InboundPolicy(encrypted: [.body]))
            let text = String(decoding: result.envelope, as: UTF8.self)
            let attributes = text.components(of: " xmlns:wsu=", upTo: ">")
            #expect(Array(text.replacing(attributes, with: "").utf8) == Fixtures.envelope())
        }
    }

    @Test(
        "with an envelope that has no Header, an empty one, an empty Body or no prefix",
        arguments: [
            "<s:Envelope xmlns:s=\"NS\"><s:Body><a/></s:Body></s:Envelope>",
            "<s:Envelope xmlns:s=\"NS\"><s:Header/><s:Body/></s:Envelope>",
            "<Envelope xmlns=\"NS\"><Body><a xmlns=\"\"/></Body></Envelope>",
            "<Envelope xmlns=\"NS\"><Header a='1' /><Body b='2'/></Envelope>",
            "<s:Envelope xmlns:s=\"NS\" xmlns:wsu=\"urn:other\" xmlns:wsse=\"NS\"><s:Body wsu:Id='x'/></s:Envelope>",
            "<Envelope xmlns=\"NS\"><s:Body xmlns:s=\"NS\">text</s:Body></Envelope>",
        ]
    )
    func shapes(_ template: String) throws {
        for version in SOAPVersion.allCases {
            let envelope = Array(template.replacing("NS", with: version.namespace).utf8)
            for order in ProtectionOrder.allCases {
                let message = try Fixtures.protected(envelope, order: order)
                let result = try Fixtures.process(message, InboundPolicy(encrypted: [.body]))
                #expect(result.signatures.map(\.parts) == [[.body, .timestamp]])
            }
        }
    }

    @Test("with header blocks' content encrypted")
    func encryptedHeader() throws {
        let settings = EncryptionSettings(parts: [.body, Fixtures.messageID])
        let message = try Fixtures.protected(encryption: settings)
        #expect(!String(decoding: message, as: UTF8.self).contains("urn:uuid:1"))
        let result = try Fixtures.process(message, InboundPolicy(encrypted: [.body, Fixtures.messageID]))
        #expect(result.decryptions.map(\.parts) == [[.body, Fixtures.messageID]])
    }

    @Test("for an actor of ours, leaving the header of another one alone")
    func actors() throws {
        var outer = try Fixtures.protection(SignatureSettings(), nil)
        outer.actor = "urn:actor:gateway"
        let inner = try Fixtures.protected(Fixtures.envelope(), SignatureSettings(), nil)
        var policy = InboundPolicy(signed: [.timestamp])
        policy.actor = "urn:actor:gateway"
        let message = try MessageProtector(outer).protect(inner, now: Fixtures.now)
        let result = try Fixtures.process(message, policy)
        let rest = try Fixtures.process(result.envelope, InboundPolicy())
        #expect(rest.signatures.count == 1)
        #expect(throws: SecurityFault.self) { try MessageProtector(outer).protect(message, now: Fixtures.now) }
    }
}

extension Fixtures {
    static func protected(encryption: EncryptionSettings, order: ProtectionOrder = .signThenEncrypt) throws -> [UInt8] {
        try protected(envelope(), SignatureSettings(), encryption, order: order)
    }

    static func protected(order: ProtectionOrder) throws -> [UInt8] {
        try protected(envelope(), order: order)
    }
}

extension String {
    /// The first stretch that begins with `start`, up to and without `end`.
    func components(of start: String, upTo end: Character) -> String {
        guard let range = firstRange(of: start) else { return "" }
        let rest = self[range.lowerBound...]
        return String(rest.prefix { $0 != end })
    }
}
