import Cryptography
import TestSupport
import Testing

@Suite struct BlockEncryptionTests {
    private static let zeroIV = "000000000000000000000000"

    /// The Galois/Counter Mode of Operation (McGrew and Viega), test cases 2, 8 and 14.
    @Test(arguments: [
        (BlockEncryption.aes128GCM, "0388dace60b6a392f328c2b971b2fe78ab6e47d42cec13bdf53a67b21257bddf"),
        (.aes192GCM, "98e7247c07f0fe411c267e4384b0f6002ff58d80033927ab8ef4d4587514f0fb"),
        (.aes256GCM, "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919"),
    ])
    func `GCM opens the examples of its specification`(_ algorithm: BlockEncryption, _ sealed: String) throws {
        let key = SecretOctets(count: algorithm.keyOctetCount)
        let plain = try algorithm.decrypt(Fixtures.octets(Self.zeroIV + sealed), key: key)
        #expect(plain == [UInt8](repeating: 0, count: 16))
    }

    /// NIST SP 800-38A section F.2: the last octet of the fourth block is 16, so by the padding of XML Encryption the
    /// plaintext is the first three.
    @Test(arguments: [
        (
            BlockEncryption.aes128CBC, "2b7e151628aed2a6abf7158809cf4f3c",
            "7649abac8119b246cee98e9b12e9197d5086cb9b507219ee95db113a917678b273bed6b8e3c1743b7116e69e22229516"
                + "3ff1caa1681fac09120eca307586e1a7"
        ),
        (
            .aes192CBC, "8e73b0f7da0e6452c810f32b809079e562f8ead2522c6b7b",
            "4f021db243bc633d7178183a9fa071e8b4d9ada9ad7dedf4e5e738763f69145a571b242012fb7ae07fa9baac3df102e0"
                + "08b0e27988598881d920a9e64f5615cd"
        ),
        (
            .aes256CBC, "603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4",
            "f58c4c04d6e5f1ba779eabfb5f7bfbd69cfc4e967edb808d679f777bc6702c7d39f23369a9d9bacfa530e26304231461"
                + "b2eb05e2c39be9fcda6c19078c6a9d1b"
        ),
    ])
    func `CBC opens the examples of its specification`(
        _ algorithm: BlockEncryption,
        _ key: String,
        _ sealed: String
    ) throws {
        let octets = try Fixtures.octets("000102030405060708090a0b0c0d0e0f" + sealed)
        let plain = try algorithm.decrypt(octets, key: Fixtures.secret(key))
        #expect(
            Hexadecimal.text(plain)
                == "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e5130c81c46a35ce411e5fbc1191a0a52ef"
        )
    }

    @Test(arguments: BlockEncryption.allCases.filter(\.encrypts))
    func `goes both ways at every size around a block`(_ algorithm: BlockEncryption) throws {
        var generator = SeededGenerator(seed: 0x5EED_0003)
        let key = algorithm.generateKey()
        for count in Array(0...49) + [4095, 4096, 100_001] {
            let plain = generator.octets(count)
            let sealed = try algorithm.encrypt(plain, key: key)
            #expect(try algorithm.decrypt(sealed, key: key) == plain, "seed \(generator.seed)")
            #expect(try algorithm.encrypt(plain, key: key) != sealed, "the IV is fresh each time")
            let slice = ([0] + plain)[1...]
            #expect(try algorithm.decrypt(algorithm.encrypt(slice, key: key), key: key) == plain)
            #expect(sealed.count == (algorithm.isAuthenticated ? count + 28 : 16 + (count / 16 + 1) * 16))
        }
    }

    @Test(arguments: [BlockEncryption.aes128GCM, .aes192GCM, .aes256GCM])
    func `GCM opens nothing with a single changed bit, cut or grown`(_ algorithm: BlockEncryption) throws {
        let key = algorithm.generateKey()
        let sealed = try algorithm.encrypt(Array("the body".utf8), key: key)
        for bit in 0..<(sealed.count * 8) {
            var tampered = sealed
            tampered[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(throws: CryptographyError.decryptionFailed) { try algorithm.decrypt(tampered, key: key) }
        }
        for count in 0..<sealed.count {
            #expect(throws: CryptographyError.decryptionFailed) {
                try algorithm.decrypt(Array(sealed.prefix(count)), key: key)
            }
        }
        #expect(throws: CryptographyError.decryptionFailed) { try algorithm.decrypt(sealed + [0], key: key) }
    }

    @Test func `CBC takes padding of one to sixteen octets with any filler, and fails alike for all else`() throws {
        let algorithm = BlockEncryption.aes256CBC
        let key = algorithm.generateKey()
        let sealed = try algorithm.encrypt([], key: key)
        let padded = sealed[15] ^ 16
        for value in UInt8.min...UInt8.max {
            var octets = sealed
            // The last octet of the IV turns the last octet of the only block into `value`.
            octets[15] = padded ^ value
            if (1...16).contains(value) {
                #expect(try algorithm.decrypt(octets, key: key).count == 16 - Int(value))
            } else {
                #expect(throws: CryptographyError.decryptionFailed) { try algorithm.decrypt(octets, key: key) }
            }
        }
        for count in Array(0..<32) + [33, 47] {
            let octets = [UInt8](repeating: 0, count: count)
            #expect(throws: CryptographyError.decryptionFailed) { try algorithm.decrypt(octets, key: key) }
        }
    }

    @Test func `broken padding becomes content that no XML holds, for a scanner to refuse`() throws {
        let algorithm = BlockEncryption.aes128CBC
        let key = algorithm.generateKey()
        let sealed = try algorithm.encrypt(Array("<a>0123456789</a>".utf8), key: key)
        let padded = sealed[31] ^ 15
        for value in UInt8.min...UInt8.max {
            var octets = sealed
            octets[31] = padded ^ value
            var opened = octets
            let range = try algorithm.openForScanning(&opened, key: key)
            let plain = Array(opened[range])
            if (1...16).contains(value) {
                #expect(plain.count == 32 - Int(value))
                #expect(try algorithm.decrypt(octets, key: key) == plain)
            } else {
                #expect(plain.count == 32 && plain.last == 0)
            }
        }
    }

    /// Made by `openssl enc -des-ede3-cbc -nopad` of OpenSSL 3.0 over "old order 7" and five octets of padding.
    @Test func `Triple DES opens and never encrypts`() throws {
        let algorithm = BlockEncryption.tripleDESCBC
        let key = try Fixtures.secret("0123456789abcdef23456789abcdef01456789abcdef0123")
        let sealed = try Fixtures.octets("0001020304050607" + "d27a0fef76b739e6812687b6dbf24e5e")
        #expect(try String(decoding: algorithm.decrypt(sealed, key: key), as: UTF8.self) == "old order 7")
        #expect(throws: CryptographyError.self) { try algorithm.encrypt([1], key: algorithm.generateKey()) }
        for count in [0, 8, 15, 17, 23] {
            #expect(throws: CryptographyError.decryptionFailed) {
                try algorithm.decrypt([UInt8](repeating: 0, count: count), key: key)
            }
        }
    }

    @Test(arguments: BlockEncryption.allCases.filter(\.encrypts))
    func `a key of the wrong size is an error when encrypting and the uniform one when decrypting`(
        _ algorithm: BlockEncryption
    ) throws {
        let sealed = try algorithm.encrypt([1, 2, 3], key: algorithm.generateKey())
        for count in [0, 15, 16, 24, 32, 33] where count != algorithm.keyOctetCount {
            let key = SecretOctets(count: count)
            #expect(
                throws: CryptographyError.wrongKeyLength(expected: algorithm.keyOctetCount, actual: count)
            ) { try algorithm.encrypt([1], key: key) }
            #expect(throws: CryptographyError.decryptionFailed) { try algorithm.decrypt(sealed, key: key) }
        }
        if algorithm.isAuthenticated {
            #expect(throws: CryptographyError.decryptionFailed) {
                try algorithm.decrypt(sealed, key: algorithm.generateKey())
            }
        }
    }
}
