import Cryptography
import FoundationEssentials
import TestSupport
import Testing
import WSSecurity

@Suite("Messages of WSS4J, python-xmlsec and zeep are accepted or refused by the algorithms that they use")
struct ForeignMessageTests {
    /// Files that are refused, with the code; all others of the index are accepted.
    static let refused: [String: SecurityFault.Code] = [
        "wss4j/sign-rsa-sha1.xml": .unsupportedAlgorithm,
        "wss4j/sign-rsa-sha224.xml": .unsupportedAlgorithm,
        "wss4j/sign-digest-sha1.xml": .unsupportedAlgorithm,
        "wss4j/sign-ecdsa-sha1.xml": .unsupportedAlgorithm,
        "wss4j/sign-element-in-body.xml": .invalidSecurity,
        "wss4j/enc-3des.xml": .unsupportedAlgorithm,
        "wss4j/enc-aes192-cbc.xml": .unsupportedAlgorithm,
        "wss4j/enc-aes192-gcm.xml": .unsupportedAlgorithm,
        "wss4j/enc-rsa15.xml": .unsupportedAlgorithm,
        // WSS4J 1.6 names SHA-256 here, but wraps the key with SHA-1.
        "wss4j/enc-xmlenc11-oaep-sha256.xml": .failedCheck,
        "wss4j/enc-element-body.xml": .malformedMessage,
        "wss4j/ut-digest.xml": .unsupportedSecurityToken,
        "wss4j/ut-text.xml": .unsupportedSecurityToken,
        "wss4j/sign-ut-ts.xml": .unsupportedSecurityToken,
    ]

    static let files = Result { try Vectors.rows("generated/INDEX.tsv").compactMap(\.first) }

    @Test("each of the index", arguments: try files.get())
    func message(_ file: String) throws {
        let message = try Vectors.octets("generated/" + file)
        let processor = try MessageProcessor(policy: policy(for: file, message), keys: Self.keys())
        do throws(SecurityFault) {
            let result = try processor.process(message, receivedAt: Self.receivedAt)
            #expect(Self.refused[file] == nil, "accepted")
            #expect(String(decoding: result.body, as: UTF8.self).contains("PO-2026-"))
            let envelope = String(decoding: result.envelope, as: UTF8.self)
            #expect(!envelope.contains("EncryptedData") && !envelope.contains("Security "))
        } catch {
            #expect(error.code == Self.refused[file], "\(error)")
        }
    }

    @Test("the signed headers of WSS4J are covered")
    func signedHeaders() throws {
        let wsa = "http://www.w3.org/2005/08/addressing"
        let parts = ["To", "Action", "MessageID"].map { MessagePart.header(namespace: wsa, localName: $0) }
        let policy = InboundPolicy(signed: Set(parts + [.body, .timestamp]))
        let processor = try MessageProcessor(policy: policy, keys: Self.keys())
        let message = try Vectors.octets("generated/wss4j/sign-wsa-headers.xml")
        let result = try processor.process(message, receivedAt: Self.receivedAt)
        #expect(Set(result.signatures[0].parts) == policy.signed)
    }

    @Test("the encrypted header of WSS4J is put back in its place")
    func encryptedHeader() throws {
        let to = MessagePart.header(namespace: "http://www.w3.org/2005/08/addressing", localName: "To")
        let policy = InboundPolicy(signed: [], encrypted: [.body, to], requiresTimestamp: false)
        let processor = try MessageProcessor(policy: policy, keys: Self.keys())
        let message = try Vectors.octets("generated/wss4j/enc-encryptedheader.xml")
        let result = try processor.process(message, receivedAt: Self.receivedAt)
        #expect(Set(result.decryptions[0].parts) == [.body, to])
        #expect(!String(decoding: result.envelope, as: UTF8.self).contains("EncryptedHeader"))
    }

    /// Demands what the file's name promises.
    private func policy(for file: String, _ message: [UInt8]) -> InboundPolicy {
        let text = String(decoding: message, as: UTF8.self)
        let isSigned = file.contains("sign")
        let hasTimestamp = text.contains("<wsu:Timestamp")
        let encryptsBody = file.contains("enc") && !file.contains("enc-element")
        var policy = InboundPolicy(
            signed: isSigned ? (hasTimestamp ? [.body, .timestamp] : [.body]) : [],
            encrypted: encryptsBody ? [.body] : [],
            requiresTimestamp: hasTimestamp
        )
        policy.encryptionAlgorithms.formUnion([.aes128CBC, .aes256CBC])
        return policy
    }

    static let receivedAt = DateTimeText.date("2026-11-21T01:43:00Z")

    static func keys() throws -> StaticTrustedKeys {
        let signers = try ["alice-rsa2048", "alice-rsa3072", "alice-p256"].map { try Fixtures.Pair.vector($0) }
        let readers = try ["bob-rsa2048", "bob-rsa3072"].map { try Fixtures.Pair.vector($0) }
        return StaticTrustedKeys(
            verifying: signers.map(\.certificate),
            decrypting: readers.map(\.decryption)
        )
    }
}
