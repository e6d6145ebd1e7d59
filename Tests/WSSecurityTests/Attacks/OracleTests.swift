import Cryptography
import Testing
import WSSecurity
import XMLEncryption

@Suite("Whatever is wrong with ciphertext, the peer is told one thing")
struct OracleTests {
    /// What the peer sees, octet for octet.
    private static func answer(_ message: String, _ policy: InboundPolicy) throws -> [UInt8] {
        let fault = try #require(try Fixtures.fault(of: message, policy), "accepted")
        return SOAPFault.security(fault, version: .soap11).envelope()
    }

    private static let cbc: InboundPolicy = {
        var policy = Sealed.policy
        policy.encryptionAlgorithms = [.aes128CBC, .aes256CBC]
        return policy
    }()

    @Test("CBC: every padding octet, plaintext that is no XML, blocks missing or left over")
    func blockChaining() throws {
        var answers: Set<[UInt8]> = []
        for method in [EncryptionMethod.aes128CBC, .aes256CBC] {
            let (key, data) = try Sealed.content(by: method) {
                try method.cipher.encrypt(Array("<a>0</a>".utf8), key: $0)
            }
            #expect(try Fixtures.fault(of: Sealed.envelope(security: key, body: data), Self.cbc) == nil)
            let text = try #require(data.element("xenc:CipherValue")).dropFirst("<xenc:CipherValue>".count)
                .dropLast("</xenc:CipherValue>".count)
            let octets = try #require(Base64.decode(String(text)))
            var forgeries = (0...255).map { octets.changing(at: 15, by: UInt8($0)) }.filter { $0 != octets }
            forgeries += (0..<32).map { Array(octets[..<$0]) } + [octets + octets, octets + [0], octets.reversed()]
            forgeries += (0...255).map { octets.changing(at: 0, by: UInt8($0)) }.filter { $0 != octets }
            for forgery in forgeries {
                let changed = data.replacing(text, with: Base64.encode(forgery))
                let message = Sealed.envelope(security: key, body: changed)
                // A few changed octets are another plaintext in earnest; nobody but the sender's signature can tell.
                guard try Fixtures.fault(of: message, Self.cbc) != nil else { continue }
                answers.insert(try Self.answer(message, Self.cbc))
            }
        }
        #expect(answers.count == 1)
    }

    @Test("GCM: no tag, a short tag, a wrong tag, another IV, another length; and a key of the wrong size")
    func counterMode() throws {
        var answers: Set<[UInt8]> = []
        let (key, data) = try Sealed.content("<a/>")
        let text = try #require(data.element("xenc:CipherValue")).dropFirst("<xenc:CipherValue>".count)
            .dropLast("</xenc:CipherValue>".count)
        let octets = try #require(Base64.decode(String(text)))
        #expect(octets.count == 12 + 4 + 16)
        let forgeries =
            (0..<octets.count).map { Array(octets[..<$0]) } + octets.indices.map { octets.changing(at: $0, by: 1) }
            + [octets + [0], [0] + octets, octets + octets]
        for forgery in forgeries {
            let changed = data.replacing(text, with: Base64.encode(forgery))
            answers.insert(try Self.answer(Sealed.envelope(security: key, body: changed), Sealed.policy))
        }
        for count in [0, 1, 16, 24, 31, 33, 64] {
            let wrong = try Sealed.wrapped(SecretOctets(count: count), dataReferences: ["ED"])
            answers.insert(try Self.answer(Sealed.envelope(security: wrong, body: data), Sealed.policy))
        }
        #expect(answers.count == 1)
    }

    @Test("a wrapped key that does not open, one that opens to another key, and what is behind it")
    func keys() throws {
        let (key, data) = try Sealed.content("<a/>")
        let (other, _) = try Sealed.content("<a/>")
        let (broken, brokenData) = try Sealed.content("</soap:Body>")
        let value = try #require(key.element("xenc:CipherValue"))
        let count = try Fixtures.receiver.get().certificate.publicKey.spki.count > 290 ? 256 : 128
        var messages = [
            Sealed.envelope(security: other, body: data), Sealed.envelope(security: broken, body: brokenData),
        ]
        for octets in [
            [UInt8](repeating: 0, count: count), [UInt8](repeating: 0xFF, count: count),
            [0] + [UInt8](repeating: 1, count: count - 1), [UInt8](repeating: 1, count: count - 1),
            [UInt8](repeating: 1, count: count + 1), [1],
        ] {
            let changed = "<xenc:CipherValue>\(Base64.encode(octets))</xenc:CipherValue>"
            messages.append(Sealed.envelope(security: key.replacing(value, with: changed), body: data))
        }
        let answers = try Set(messages.map { try Self.answer($0, Sealed.policy) })
        #expect(answers.count == 1)
    }

    @Test("RSA 1.5, where it is allowed: every padding, good or bad, with a key of any length, looks the same")
    func bleichenbacher() throws {
        var policy = Sealed.policy
        policy.keyTransports.insert(.rsa15)
        let (_, data) = try Sealed.content("<a/>")
        var answers: Set<[UInt8]> = []
        for count in [0, 1, 16, 24, 31, 32, 33, 48, 200] {
            let key = try Sealed.wrapped(SecretOctets(count: count), dataReferences: ["ED"], by: .rsa15)
            answers.insert(try Self.answer(Sealed.envelope(security: key, body: data), policy))
            let value = try #require(key.element("xenc:CipherValue"))
            for _ in 0..<8 {
                let random = Base64.encode([0] + SecureRandom.octets(count: 255))
                let changed = key.replacing(value, with: "<xenc:CipherValue>\(random)</xenc:CipherValue>")
                answers.insert(try Self.answer(Sealed.envelope(security: changed, body: data), policy))
            }
        }
        #expect(answers.count == 1)
        let key = EncryptionMethod.aes256GCM.cipher.generateKey()
        let good = Sealed.data(
            try EncryptionMethod.aes256GCM.cipher.encrypt(Array("<a/>".utf8), key: key),
            by: .aes256GCM
        )
        let wrapped = try Sealed.wrapped(key, dataReferences: ["ED"], by: .rsa15)
        let message = Sealed.envelope(security: wrapped, body: good)
        #expect(try Fixtures.fault(of: message, policy) == nil)
        #expect(try Fixtures.fault(of: message, Sealed.policy)?.code == .unsupportedAlgorithm)
    }

    @Test("every encryption draws its own IV of 96 bits, and its own key")
    func initialVectors() throws {
        let key = EncryptionMethod.aes256GCM.cipher.generateKey()
        let sealed = try (0..<2000).map { _ in try EncryptionMethod.aes256GCM.cipher.encrypt([1], key: key) }
        #expect(Set(sealed.map { $0.prefix(12) }).count == sealed.count)
        #expect(sealed.allSatisfy { $0.count == 12 + 1 + 16 })
        let messages = try (0..<3).map { _ in String(decoding: try Fixtures.protected(), as: UTF8.self) }
        #expect(Set(messages.compactMap { $0.element("xenc:EncryptedKey")?.element("xenc:CipherValue") }).count == 3)
    }
}

extension [UInt8] {
    fileprivate func changing(at index: Int, by mask: UInt8) -> [UInt8] {
        var changed = self
        changed[index] ^= mask
        return changed
    }
}
