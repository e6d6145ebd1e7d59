import Cryptography
import TestSupport
import Testing
import XML
import XMLEncryption

@Suite struct KeyWrapMethodTests {
    @Test(arguments: KeyWrapMethod.allCases)
    func `a key under a shared secret is written and opened`(_ method: KeyWrapMethod) throws {
        let secret = SecretKey(SecureRandom.secret(count: method.wrap.keyOctetCount))
        let content = SecureRandom.secret(count: 32)
        let octets = try EncryptedKeyWriter(method: .keyWrap(method))
            .encryptedKey(content, id: "k", under: secret, keyInfo: "<ds:KeyName>s</ds:KeyName>", dataReferences: ["d"])
        let document = try XMLDocument(scanning: octets)
        let encrypted = try EncryptedKey(reading: document.root, in: document, referenceLimit: 1)
        #expect(encrypted.method == .keyWrap(method) && encrypted.method.uri == method.uri)
        let isSame = try ConstantTime.equal(encrypted.unwrapped(by: secret, in: document), content)
        #expect(isSame)
        let stranger = SecretKey(SecureRandom.secret(count: method.wrap.keyOctetCount))
        #expect(throws: XMLEncryptionError.decryptionFailed) { _ = try encrypted.unwrapped(by: stranger, in: document) }
        let key = try PrivateKey.generate(.p256)
        #expect(throws: XMLEncryptionError.decryptionFailed) { _ = try encrypted.unwrapped(by: key, in: document) }
    }

    @Test func `parameters of methods that take none are refused`() throws {
        for uri in [KeyTransportMethod.rsa15.uri, KeyWrapMethod.aes128.uri] {
            let text = """
                <e:EncryptedKey xmlns:e="http://www.w3.org/2001/04/xmlenc#"><e:EncryptionMethod Algorithm="\(uri)">\
                <d:DigestMethod xmlns:d="http://www.w3.org/2000/09/xmldsig#" \
                Algorithm="http://www.w3.org/2000/09/xmldsig#sha1"/></e:EncryptionMethod>\
                <d:KeyInfo xmlns:d="http://www.w3.org/2000/09/xmldsig#"><d:KeyName>k</d:KeyName></d:KeyInfo>\
                <e:CipherData><e:CipherValue>AAAA</e:CipherValue></e:CipherData></e:EncryptedKey>
                """
            let document = try XMLDocument(scanning: Array(text.utf8))
            #expect(throws: XMLEncryptionError.self) {
                try EncryptedKey(reading: document.root, in: document, referenceLimit: 1)
            }
        }
    }

    @Test func `neither old transport nor a shared secret nor Triple DES is recommended`() {
        #expect(!KeyTransportMethod.recommended.contains(.rsa15))
        #expect(!KeyWrapMethod.allCases.contains { KeyTransportMethod.recommended.contains(.keyWrap($0)) })
        #expect(KeyTransportMethod.recommended.contains(.agreement(KeyAgreementMethod(.x25519))))
        #expect(!EncryptionMethod.recommended.contains(.tripleDESCBC))
    }
}
