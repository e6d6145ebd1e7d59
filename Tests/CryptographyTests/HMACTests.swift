import Cryptography
import TestSupport
import Testing

@Suite struct HMACTests {
    private static let greeting = Array("Hi There".utf8)

    /// RFC 2202 section 3 and RFC 4231 section 4.2, test case 1.
    @Test(arguments: [
        (DigestAlgorithm.sha1, "b617318655057264e28bc0b6fb378c8ef146be00"),
        (.sha224, "896fb1128abbdf196832107cd49df33f47b4b1169912ba4f53684b22"),
        (.sha256, "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
        (
            .sha384,
            "afd03944d84895626b0825f4ab46907f15f9dadbe4101ec682aa034c7cebc59cfaea9ea9076ede7f4af152e8b2fa9cb6"
        ),
        (
            .sha512,
            "87aa7cdea5ef619d4ff0b4241a1d6cb02379f4e2ce4ec2787ad0b30545e17cde"
                + "daa833b7d6b8a702038b274eaea3f4e4be9d914eeb61f1702e696c203a126854"
        ),
    ])
    func `codes are those of the published examples`(_ digest: DigestAlgorithm, _ expected: String) throws {
        let key = SecretKey(copying: [UInt8](repeating: 0x0B, count: 20))
        let code = try key.authenticate(Self.greeting, by: digest)
        #expect(Hexadecimal.text(code) == expected)
        #expect(key.verify(code, over: Self.greeting, by: digest))
        #expect(!key.verify(code, over: Self.greeting + [0], by: digest))
    }

    /// RFC 4231 section 4.7, test case 6.
    @Test func `a key longer than a block is hashed first`() throws {
        let key = SecretKey(copying: [UInt8](repeating: 0xAA, count: 131))
        let code = try key.authenticate(
            Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
            by: .sha256
        )
        #expect(Hexadecimal.text(code) == "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54")
    }

    @Test func `chunks make the same code as the whole`() throws {
        let code = try SecretKey(copying: [1, 2, 3])
            .withSecret { key throws(CryptographyError) in
                var code = try HMAC(.sha256, key: key)
                for octet in Self.greeting { code.update([octet]) }
                return code.finalize()
            }
        #expect(try code == SecretKey(copying: [1, 2, 3]).authenticate(Self.greeting, by: .sha256))
    }

    @Test func `codes that are cut, longer or another key's are not taken`() throws {
        let key = SecretKey(copying: [UInt8](repeating: 7, count: 32))
        let code = try key.authenticate(Self.greeting, by: .sha256)
        for malformed in [[], Array(code.prefix(16)), Array(code.dropLast()), code + [0]] {
            #expect(!key.verify(malformed, over: Self.greeting, by: .sha256))
        }
        #expect(!SecretKey(copying: [7]).verify(code, over: Self.greeting, by: .sha256))
        #expect(!key.verify(code, over: Self.greeting, by: .sha1))
    }

    @Test func `a key without octets is no key`() throws {
        let empty = SecretKey(copying: [])
        #expect(throws: CryptographyError.wrongKeyLength(expected: 32, actual: 0)) {
            try empty.authenticate(Self.greeting, by: .sha256)
        }
        #expect(!empty.verify([], over: Self.greeting, by: .sha256))
    }
}
