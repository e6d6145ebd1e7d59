import Cryptography
import TestSupport
import Testing

@Suite struct KeyWrapTests {
    private static let data128 = "00112233445566778899aabbccddeeff"
    private static let data192 = "00112233445566778899aabbccddeeff0001020304050607"
    private static let data256 = "00112233445566778899aabbccddeeff000102030405060708090a0b0c0d0e0f"

    /// RFC 3394 section 4: key data and ciphertext; the wrapping key counts up from zero.
    private static let examples: [(KeyWrap, String, String)] = [
        (.aes128, data128, "1fa68b0a8112b447aef34bd8fb5a7b829d3e862371d2cfe5"),
        (.aes192, data128, "96778b25ae6ca435f92b5b97c050aed2468ab8a17ad84e5d"),
        (.aes256, data128, "64e8c3f9ce0f5ba263e9777905818a2a93c8191e7d6e8ae7"),
        (.aes192, data192, "031d33264e15d33268f24ec260743edce1c6c7ddee725a936ba814915c6762d2"),
        (.aes256, data192, "a8f9bc1612c68b3ff6e6f4fbe30e71e4769c8b80a32cb8958cd5d17d6b254da1"),
        (.aes256, data256, "28c9f404c4b810f4cbccb35cfb87f8263f5786e2d80ed326cbc7f0e71a99f43bfb988b9b7a02dd21"),
    ]

    @Test(arguments: examples)
    func `wraps and opens the examples of RFC 3394`(
        _ method: KeyWrap,
        _ data: String,
        _ expected: String
    ) throws {
        let key = SecretOctets(copying: (0..<method.keyOctetCount).map { UInt8($0) })
        let wrapped = try method.wrap(Fixtures.secret(data), under: key)
        #expect(Hexadecimal.text(wrapped) == expected)
        let opened = try method.unwrap(wrapped, under: key)
        let isSame = Fixtures.holds(opened, try Fixtures.octets(data))
        #expect(isSame)
    }

    @Test(arguments: KeyWrap.allCases)
    func `a changed bit, a cut and another key open nothing`(_ method: KeyWrap) throws {
        let key = SecureRandom.secret(count: method.keyOctetCount)
        let wrapped = try method.wrap(SecureRandom.secret(count: 32), under: key)
        for bit in 0..<(wrapped.count * 8) {
            var changed = wrapped
            changed[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(throws: CryptographyError.decryptionFailed) { _ = try method.unwrap(changed, under: key) }
        }
        for count in 0..<wrapped.count {
            #expect(throws: CryptographyError.decryptionFailed) {
                _ = try method.unwrap(Array(wrapped.prefix(count)), under: key)
            }
        }
        for octets in [wrapped + [0], wrapped + wrapped, [UInt8](repeating: 0, count: 1 << 20)] {
            #expect(throws: CryptographyError.decryptionFailed) { _ = try method.unwrap(octets, under: key) }
        }
        #expect(throws: CryptographyError.decryptionFailed) {
            _ = try method.unwrap(wrapped, under: SecureRandom.secret(count: method.keyOctetCount))
        }
        for count in [0, 8, 15, 16, 24, 32, 33] where count != method.keyOctetCount {
            #expect(throws: CryptographyError.decryptionFailed) {
                _ = try method.unwrap(wrapped, under: SecretOctets(count: count))
            }
            #expect(throws: CryptographyError.wrongKeyLength(expected: method.keyOctetCount, actual: count)) {
                try method.wrap(SecretOctets(count: 16), under: SecretOctets(count: count))
            }
        }
    }

    @Test(arguments: [0, 8, 15, 17, 520])
    func `secrets that are no whole blocks, too short or too long are not wrapped`(_ count: Int) {
        #expect(throws: CryptographyError.self) {
            try KeyWrap.aes128.wrap(SecretOctets(count: count), under: SecretOctets(count: 16))
        }
    }
}
