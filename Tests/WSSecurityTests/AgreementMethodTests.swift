import Cryptography
import TestSupport
import Testing
import XML
import XMLEncryption
import XMLSignature

@Suite struct AgreementMethodTests {
    @Test(arguments: [
        ("ecdh-p256-aes128", KeyWrapMethod.aes128), ("ecdh-p384-aes192", .aes192), ("ecdh-p521-aes256", .aes256),
    ])
    func `opens the vectors of the W3C's interoperability test`(_ name: String, _ wrap: KeyWrapMethod) throws {
        let document = try XMLDocument(scanning: Vectors.octets("xmlenc11/\(name).xml"))
        let data = try EncryptedData(reading: document.root, in: document)
        let node = try #require(data.keyInfo?.content)
        let encrypted = try EncryptedKey(reading: node, in: document, referenceLimit: 1)
        #expect(encrypted.method == .agreement(KeyAgreementMethod(.ecdhES, digest: .sha256, wrap: wrap)))
        #expect(document.name(of: encrypted.keyInfo.content).localName == "X509Data")
        let text = String(decoding: try Vectors.octets("xmlenc11/\(name).key.pem"), as: UTF8.self)
        let key = try encrypted.unwrapped(by: PrivateKey(pem: text), in: document)
        let plaintext = try data.decrypted(with: key, in: document)
        #expect(String(decoding: plaintext, as: UTF8.self).hasPrefix("<PurchaseOrder xmlns=\"urn:example:po\">"))
        let stranger = try PrivateKey.generate(name.contains("p256") ? .p256 : name.contains("p384") ? .p384 : .p521)
        #expect(throws: XMLEncryptionError.decryptionFailed) { _ = try encrypted.unwrapped(by: stranger, in: document) }
    }

    @Test(arguments: [KeyKind.p256, .p384, .p521, .x25519], KeyAgreementMethod.Derivation.allCases)
    func `what is written is opened`(_ kind: KeyKind, _ derivation: KeyAgreementMethod.Derivation) throws {
        for wrap in KeyWrapMethod.allCases {
            let scheme = kind == .x25519 ? KeyAgreementMethod.Scheme.x25519 : .ecdhES
            try Self.check(KeyAgreementMethod(scheme, digest: .sha384, wrap: wrap, derivation: derivation), kind)
        }
    }

    private static func check(_ method: KeyAgreementMethod, _ kind: KeyKind) throws {
        let recipient = try PrivateKey.generate(kind)
        let content = SecureRandom.secret(count: 32)
        let first = try Self.written(content, for: recipient.publicKey, method)
        let document = try XMLDocument(scanning: first)
        let encrypted = try EncryptedKey(reading: document.root, in: document, referenceLimit: 1)
        #expect(encrypted.method == .agreement(method))
        #expect(document.text(of: encrypted.keyInfo.content) == "recipient")
        let opened = try encrypted.unwrapped(by: recipient, in: document)
        let isSame = ConstantTime.equal(opened, content)
        #expect(isSame)
        #expect(try Self.written(content, for: recipient.publicKey, method) != first, "the sender's key is fresh")
    }

    @Test func `another recipient, a changed key and a changed parameter open nothing`() throws {
        let recipient = try PrivateKey.generate(.p256)
        let method = KeyAgreementMethod(.ecdhES)
        let octets = try Self.written(SecureRandom.secret(count: 16), for: recipient.publicKey, method)
        let text = String(decoding: octets, as: UTF8.self)
        let changes: [(String, String)] = [
            ("PartyUInfo=\"\"", "PartyUInfo=\"0001\""), ("xmlenc#sha256", "xmlenc#sha512"),
            ("AlgorithmID=\"00", "AlgorithmID=\"0000"),
        ]
        for (old, new) in changes {
            let changed = text.replacing(old, with: new)
            #expect(changed != text)
            #expect(throws: XMLEncryptionError.decryptionFailed) { _ = try Self.opened(changed, by: recipient) }
        }
        let stranger = try PrivateKey.generate(.p256)
        for key in [stranger, try .generate(.p384), try .generate(.x25519), try .generate(.rsa2048)] {
            #expect(throws: XMLEncryptionError.decryptionFailed) { _ = try Self.opened(text, by: key) }
        }
    }

    @Test func `parameters of HKDF that are changed, odd or out of order open nothing`() throws {
        let recipient = try PrivateKey.generate(.x25519)
        let method = KeyAgreementMethod(.x25519, wrap: .aes128, derivation: .hkdf)
        let octets = try Self.written(SecureRandom.secret(count: 16), for: recipient.publicKey, method)
        let text = String(decoding: octets, as: UTF8.self)
        let salt = try #require(text.split(separator: "more:Salt>").dropFirst().first).dropLast(2)
        let changes: [(String, String)] = [
            ("more#hmac-sha256", "more#hmac-sha384"), (String(salt), "AAAA"), (String(salt), ""), (String(salt), "A"),
            (String(salt), "<more:Specified>AAAA</more:Specified>"), ("<more:KeyLength>16", "<more:KeyLength>128"),
            ("<more:KeyLength>16", "<more:KeyLength>-16"), ("more#hmac-sha256", "more#hmac-md5"),
            ("</more:KeyLength>", "</more:KeyLength><more:Info>AAAA</more:Info>"),
            ("2021/04/xmldsig-more#\"><more:PRF", "2001/04/xmldsig-more#\"><more:PRF"),
        ]
        for (old, new) in changes {
            let changed = text.replacing(old, with: new)
            #expect(changed != text, "\(old)")
            #expect(throws: XMLEncryptionError.self, "\(new)") { _ = try Self.opened(changed, by: recipient) }
        }
    }

    @Test func `agreements that are incomplete, odd or unknown are refused`() throws {
        let recipient = try PrivateKey.generate(.p256)
        let octets = try Self.written(
            SecureRandom.secret(count: 16),
            for: recipient.publicKey,
            KeyAgreementMethod(.ecdhES)
        )
        let text = String(decoding: octets, as: UTF8.self)
        let x25519 = "http://www.w3.org/2021/04/xmldsig-more#x25519"
        let changes: [(String, String)] = [
            ("xmlenc11#ECDH-ES", "xmlenc11#dh-es"), ("xmlenc11#ConcatKDF\"", "xmlenc11#pbkdf2\""),
            ("http://www.w3.org/2009/xmlenc11#ECDH-ES", x25519), ("AlgorithmID=\"00", "AlgorithmID=\"04"),
            ("PartyUInfo=\"\"", "PartyUInfo=\"0\""), ("PartyVInfo=\"\"", "PartyVInfo=\"zz\""),
            ("urn:oid:1.2.840.10045.3.1.7", "urn:oid:1.3.132.0.10"),
            ("urn:oid:1.2.840.10045.3.1.7", "urn:oid:1.3.132.0.34"),
            ("kw-aes256", "rsa-1_5"), ("xmlenc#sha256", "xmldsig-more#md5"),
            ("<xenc:OriginatorKeyInfo>", "<xenc:KA-Nonce>AA==</xenc:KA-Nonce><xenc:OriginatorKeyInfo>"),
            ("<xenc:RecipientKeyInfo><ds:KeyName>recipient</ds:KeyName></xenc:RecipientKeyInfo>", ""),
        ]
        for (old, new) in changes {
            let changed = text.replacing(old, with: new)
            #expect(changed != text, "\(old)")
            #expect(throws: XMLEncryptionError.self, "\(old)") {
                let document = try XMLDocument(scanning: Array(changed.utf8))
                _ = try EncryptedKey(reading: document.root, in: document, referenceLimit: 1)
            }
        }
        #expect(throws: XMLEncryptionError.self) {
            try Self.written(SecureRandom.secret(count: 16), for: recipient.publicKey, KeyAgreementMethod(.x25519))
        }
    }

    private static func written(
        _ content: borrowing SecretOctets,
        for recipient: PublicKey,
        _ method: KeyAgreementMethod
    ) throws -> [UInt8] {
        try EncryptedKeyWriter(method: .agreement(method))
            .encryptedKey(
                content,
                id: "key",
                recipient: recipient,
                keyInfo: "<ds:KeyName>recipient</ds:KeyName>",
                dataReferences: ["data"]
            )
    }

    private static func opened(_ text: String, by key: PrivateKey) throws -> SecretOctets {
        let document = try XMLDocument(scanning: Array(text.utf8))
        return try EncryptedKey(reading: document.root, in: document, referenceLimit: 1)
            .unwrapped(by: key, in: document)
    }
}
