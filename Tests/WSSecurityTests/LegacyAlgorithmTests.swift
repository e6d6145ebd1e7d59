import Cryptography
import TestSupport
import Testing
import WSSecurity
import XMLEncryption

@Suite("Old algorithms open what WSS4J sent only where the policy allows them")
struct LegacyAlgorithmTests {
    private static let body = InboundPolicy(signed: [], encrypted: [.body], requiresTimestamp: false)

    @Test("RSA PKCS#1 v1.5 and Triple DES by opt-in")
    func optIn() throws {
        var policy = Self.body
        policy.keyTransports.insert(.rsa15)
        policy.encryptionAlgorithms.formUnion([.aes128CBC, .tripleDESCBC])
        for file in ["enc-rsa15.xml", "enc-3des.xml"] {
            let message = try Vectors.octets("generated/wss4j/\(file)")
            #expect(throws: SecurityFault.self) { try Self.process(message, Self.body) }
            #expect(try String(decoding: Self.process(message, policy).body, as: UTF8.self).contains("PO-2026-"))
        }
    }

    @Test("a key under PKCS#1 v1.5 that is labelled OAEP is refused, and the other way round")
    func lies() throws {
        var policy = Self.body
        policy.keyTransports.insert(.rsa15)
        policy.encryptionAlgorithms.insert(.aes128CBC)
        let old = KeyTransportMethod.rsa15.uri
        let new = KeyTransportMethod.rsaOAEPMGF1P(digest: .sha1).uri
        for (file, label, lie) in [("enc-rsa15.xml", old, new), ("enc-aes128-cbc.xml", new, old)] {
            let text = String(decoding: try Vectors.octets("generated/wss4j/\(file)"), as: UTF8.self)
            let message = Array(text.replacing(label, with: lie).utf8)
            #expect(Array(text.utf8) != message)
            #expect(try Self.code(of: message, policy) == .failedCheck)
        }
    }

    @Test("broken PKCS#1 v1.5 gives the fault of a broken content, whatever is broken")
    func uniform() throws {
        var policy = Self.body
        policy.keyTransports.insert(.rsa15)
        policy.encryptionAlgorithms.insert(.aes128CBC)
        let text = String(decoding: try Vectors.octets("generated/wss4j/enc-rsa15.xml"), as: UTF8.self)
        let values = text.split(separator: "CipherValue>").filter { $0.hasSuffix("</xenc:") }
        #expect(values.count == 2)
        for value in values {
            for offset in [40, 60, 80] {
                var changed = Array(value.utf8)
                changed[offset] = changed[offset] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
                let message = Array(text.replacing(value, with: String(decoding: changed, as: UTF8.self)).utf8)
                #expect(try Self.code(of: message, policy) == .failedCheck)
            }
        }
    }

    private static func code(of message: [UInt8], _ policy: InboundPolicy) throws -> SecurityFault.Code? {
        do {
            _ = try process(message, policy)
            return nil
        } catch let fault as SecurityFault {
            return fault.code
        }
    }

    private static func process(_ message: [UInt8], _ policy: InboundPolicy) throws -> ProcessedMessage {
        try MessageProcessor(policy: policy, keys: ForeignMessageTests.keys())
            .process(message, receivedAt: ForeignMessageTests.receivedAt)
    }
}
