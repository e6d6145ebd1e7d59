import Cryptography
import Testing

@Suite struct AEADTests {
    /// The Galois/Counter Mode of Operation (McGrew and Viega), test case 16.
    @Test func `opens the example of its specification`() throws {
        let sealed = try Fixtures.octets(
            """
            cafebabefacedbaddecaf888
            522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa
            8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662
            76fc6ece0f4e1768cddf8853bb2d551b
            """
        )
        let key = try Fixtures.secret("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308")
        let associated = try Fixtures.octets("feedfacedeadbeeffeedfacedeadbeefabaddad2")
        let plain = try AEAD.open(sealed, key: key, authenticating: associated)
        #expect(
            Hexadecimal.text(plain)
                == "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
                + "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39"
        )
        #expect(throws: CryptographyError.decryptionFailed) {
            try AEAD.open(sealed, key: key, authenticating: associated + [0])
        }
    }

    @Test func `goes both ways for octets and secrets, and tells nothing else apart`() throws {
        let key = SecureRandom.secret(count: AEAD.keyOctetCount)
        let place = Array("row 1".utf8)
        let plain = Array("kept".utf8)
        let sealed = try AEAD.seal(plain, key: key, authenticating: place)
        #expect(try AEAD.open(sealed, key: key, authenticating: place) == plain)
        let sealedSecret = try AEAD.seal(SecretOctets(copying: plain), key: key, authenticating: place)
        #expect(sealedSecret != sealed)
        let opened = try AEAD.openSecret(sealedSecret, key: key, authenticating: place)
        let isSame = Fixtures.holds(opened, plain)
        #expect(isSame)
        let other = SecureRandom.secret(count: AEAD.keyOctetCount)
        #expect(throws: CryptographyError.decryptionFailed) {
            try AEAD.open(sealed, key: other, authenticating: place)
        }
        #expect(throws: CryptographyError.decryptionFailed) {
            try AEAD.open(sealed, key: key, authenticating: Array("row 2".utf8))
        }
        #expect(throws: CryptographyError.decryptionFailed) {
            _ = try AEAD.openSecret(Array(sealed.dropLast()), key: key, authenticating: place)
        }
        #expect(throws: CryptographyError.decryptionFailed) {
            try AEAD.open([1, 2, 3], key: key, authenticating: place)
        }
        #expect(throws: CryptographyError.wrongKeyLength(expected: 32, actual: 16)) {
            try AEAD.seal(plain, key: SecretOctets(count: 16), authenticating: place)
        }
    }
}
