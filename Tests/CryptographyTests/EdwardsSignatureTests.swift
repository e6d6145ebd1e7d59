import Cryptography
import TestSupport
import Testing

@Suite struct EdwardsSignatureTests {
    /// RFC 8032 section 7.1, tests 1, 2 and 3: secret key, public key, message, signature.
    static let examples = [
        (
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
                + "d25bf5f0595bbe24655141438e7a100b"
        ),
        (
            "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
            "72",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c"
                + "387b2eaeb4302aeeb00d291612bb0c00"
        ),
        (
            "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
            "af82",
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc659"
                + "4a7c15e9716ed28dc027beceea1ec40a"
        ),
    ]

    @Test(arguments: examples)
    func `signs and verifies the examples of RFC 8032`(
        _ secret: String,
        _ point: String,
        _ message: String,
        _ expected: String
    ) throws {
        let key = try PrivateKey(pkcs8: Fixtures.secret("302e020100300506032b657004220420" + secret))
        #expect(key.algorithm == .ed25519)
        #expect(try key.publicKey == PublicKey(spki: Fixtures.octets("302a300506032b6570032100" + point)))
        let octets = try Fixtures.octets(message)
        #expect(try Hexadecimal.text(key.sign(octets, by: .ed25519)) == expected)
        #expect(try key.publicKey.verify(Fixtures.octets(expected), over: octets, by: .ed25519))
    }

    @Test func `anything else is not taken`() throws {
        let key = try PrivateKey.generate(.ed25519)
        let signature = try key.sign([1, 2], by: .ed25519)
        var changed = signature
        changed[40] ^= 1
        for malformed in [changed, [], Array(signature.dropLast()), signature + [0]] {
            #expect(!key.publicKey.verify(malformed, over: [1, 2], by: .ed25519))
        }
        #expect(!key.publicKey.verify(signature, over: [1, 3], by: .ed25519))
        #expect(try !PrivateKey.generate(.ed25519).publicKey.verify(signature, over: [1, 2], by: .ed25519))
    }

    @Test func `a digest is not what it signs`() throws {
        let key = try PrivateKey.generate(.ed25519)
        let digest = DigestAlgorithm.sha256.digest(of: [1])
        #expect(throws: CryptographyError.self) { try key.sign(digest: digest, by: .ed25519) }
        #expect(try !key.publicKey.verify(key.sign(digest, by: .ed25519), overDigest: digest, by: .ed25519))
    }

    @Test func `keys of another length or with parameters are no Ed25519 keys`() throws {
        #expect(throws: CryptographyError.malformedKey("Ed25519 keys have 32 octets")) {
            try PublicKey(spki: Fixtures.octets("3029300506032b65700320 00" + String(repeating: "11", count: 31)))
        }
        let other = try PublicKey(
            spki: Fixtures.octets("302f300a06032b657006032b6570032100" + String(repeating: "11", count: 32))
        )
        #expect(other.algorithm == .other("1.3.101.112"))
    }
}
