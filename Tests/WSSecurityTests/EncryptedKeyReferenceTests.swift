import Cryptography
import Testing
import XML
import XMLEncryption

@testable import WSSecurity

@Suite("EncryptedKeySHA1 names a wrapped key of this message, or one that came before and that the keys know")
struct EncryptedKeyReferenceTests {
    /// Data in the Body, a list that names them, the wrapped key of their content key, and that key.
    private struct Parts {
        let wrapped: String
        let data: String
        let secret: SharedKey
        let sha1: [UInt8]

        init() throws {
            let method = EncryptionMethod.aes256GCM
            let octets = SecureRandom.octets(count: 32)
            let key = SecretOctets(copying: octets)
            wrapped = try Sealed.wrapped(key, dataReferences: [])
                .replacing("<xenc:ReferenceList></xenc:ReferenceList>", with: "")
            let document = try XMLDocument(scanning: Array(wrapped.utf8))
            sha1 = try #require(EncryptedKey.sha1(of: document.root, in: document))
            secret = SharedKey(name: "wrapped before", octets: octets)
            let text = "<m:Order xmlns:m=\"urn:test:order\"><m:card>4711</m:card></m:Order>"
            let direct = try Sealed.data(method.cipher.encrypt(Array(text.utf8), key: key), by: method)
            data = direct.replacing("<wsse:Reference URI=\"#EK\"/>", with: EncryptedKeyReferenceTests.identifier(sha1))
        }

        func message(keys: String) -> String {
            let list =
                "<xenc:ReferenceList xmlns:xenc=\"\(Sealed.xenc)\"><xenc:DataReference URI=\"#ED\"/></xenc:ReferenceList>"
            return HandMade.envelope(keys + list, body: data)
        }
    }

    private static func identifier(_ sha1: [UInt8]) -> String {
        "<wsse:KeyIdentifier ValueType=\"http://docs.oasis-open.org/wss/oasis-wss-soap-message-security-1.1"
            + "#EncryptedKeySHA1\">\(Base64.encode(sha1))</wsse:KeyIdentifier>"
    }

    private static func reference(_ content: String) -> String {
        "<wsse:SecurityTokenReference xmlns:wsse=\"\(WSSNamespace.extension)\">\(content)</wsse:SecurityTokenReference>"
    }

    /// The keys of a party that remembers one wrapped key.
    private struct Remembering: TrustedKeys {
        let known: StaticTrustedKeys
        let sha1: [UInt8]
        let key: SharedKey

        func verificationCertificates(for hint: KeyHint) -> [Certificate] { known.verificationCertificates(for: hint) }
        func decryptionKeys(for hint: KeyHint) -> [DecryptionKey] { known.decryptionKeys(for: hint) }
        func sharedKeys(for hint: KeyHint) -> [SharedKey] { hint == .encryptedKeySHA1(sha1) ? [key] : [] }
    }

    private static func outcome(
        _ message: String,
        _ policy: InboundPolicy,
        remembering parts: Parts? = nil
    ) -> Result<ProcessedMessage, SecurityFault> {
        do throws(SecurityFault) {
            return .success(try processor(policy, parts).process(Array(message.utf8), receivedAt: Fixtures.now))
        } catch {
            return .failure(error)
        }
    }

    private static func processor(_ policy: InboundPolicy, _ parts: Parts?) throws(SecurityFault) -> MessageProcessor {
        do {
            let known = try Fixtures.keys()
            guard let parts else { return MessageProcessor(policy: policy, keys: known) }
            let keys = Remembering(known: known, sha1: parts.sha1, key: parts.secret)
            return MessageProcessor(policy: policy, keys: keys)
        } catch {
            throw SecurityFault(.cannotProtect, "\(error)")
        }
    }

    private static func fault(
        _ message: String,
        _ policy: InboundPolicy,
        remembering parts: Parts? = nil
    ) -> SecurityFault? {
        if case .failure(let fault) = outcome(message, policy, remembering: parts) { fault } else { nil }
    }

    @Test("a wrapped key of the same header opens the data; one that is not there does not")
    func sameMessage() throws {
        let parts = try Parts()
        let message = parts.message(keys: parts.wrapped)
        let result = try Self.outcome(message, Sealed.policy).get()
        #expect(String(decoding: result.body, as: UTF8.self).contains("4711"))
        #expect(result.decryptions.first?.parts == [.body])
        let other = try Parts()
        #expect(Self.fault(parts.message(keys: other.wrapped), Sealed.policy)?.code == .securityTokenUnavailable)
        #expect(Self.fault(parts.message(keys: ""), Sealed.policy)?.code == .securityTokenUnavailable)
        let changed = message.replacing(Base64.encode(parts.sha1), with: Base64.encode(Array(repeating: 1, count: 20)))
        #expect(Self.fault(changed, Sealed.policy)?.code == .securityTokenUnavailable)
    }

    @Test("two wrapped keys with the same SHA-1 are ambiguous")
    func ambiguous() throws {
        let parts = try Parts()
        let twice = parts.wrapped + parts.wrapped.replacing("\"EK\"", with: "\"EK-2\"")
        let fault = Self.fault(parts.message(keys: twice), Sealed.policy)
        #expect(fault?.code == .invalidSecurity && fault?.cause.contains("several wrapped keys") == true)
    }

    @Test("a key that came before opens data and verifies an HMAC, once the keys know it")
    func earlierMessage() throws {
        let parts = try Parts()
        let message = parts.message(keys: "")
        let result = try Self.outcome(message, Sealed.policy, remembering: parts).get()
        #expect(result.decryptions.first?.opener == .sharedKey(name: "wrapped before"))
        let octets = parts.secret.secret.withSecret { $0.withUnsafeBytes { Array($0) } }
        let signed = try HandMade.signed(
            HandMade.envelope(""),
            by: .secret(octets),
            keyInfo: Self.reference(Self.identifier(parts.sha1))
        )
        var policy = InboundPolicy.signedBody
        #expect(Self.fault(signed, policy, remembering: parts)?.code == .unsupportedAlgorithm)
        policy.signatureAlgorithms.insert(.hmac(.sha256))
        #expect(Self.fault(signed, policy, remembering: parts)?.code == .invalidSecurity)
        policy.acceptedSharedKeys = ["wrapped before"]
        let verified = try Self.outcome(signed, policy, remembering: parts).get()
        #expect(verified.signatures.first?.signer == .sharedKey(name: "wrapped before"))
        #expect(Self.fault(signed, policy)?.code == .securityTokenUnavailable)
        #expect(try Self.fault(signed, policy, remembering: Parts())?.code == .securityTokenUnavailable)
        let changed = signed.replacing("4711", with: "4712")
        #expect(Self.fault(changed, policy, remembering: parts)?.code == .failedCheck)
    }

    @Test("an HMAC by a key that this message wraps, and derived keys, are refused by name")
    func unsupported() throws {
        let parts = try Parts()
        let octets = parts.secret.secret.withSecret { $0.withUnsafeBytes { Array($0) } }
        var policy = InboundPolicy.signedBody
        policy.signatureAlgorithms.insert(.hmac(.sha256))
        for reference in [Self.identifier(parts.sha1), "<wsse:Reference URI=\"#EK\"/>"] {
            let message = try HandMade.signed(
                HandMade.envelope(parts.wrapped),
                by: .secret(octets),
                keyInfo: Self.reference(reference)
            )
            let fault = Self.fault(message, policy)
            #expect(fault?.code == .unsupportedSecurityToken && fault?.cause.contains("wrapped key") == true)
        }
        let derived = "<c:DerivedKeyToken xmlns:c=\"http://docs.oasis-open.org/ws-sx/ws-secureconversation/200512\"/>"
        let fault = Self.fault(HandMade.envelope(parts.wrapped + derived), .undemanding)
        #expect(fault?.code == .unsupportedSecurityToken && fault?.cause.contains("DerivedKeyToken") == true)
    }
}
