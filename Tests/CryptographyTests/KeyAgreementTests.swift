import Cryptography
import TestSupport
import Testing

@Suite struct KeyAgreementTests {
    /// NIST CAVS 14.1, ECDH primitive, P-256, count 0.
    @Test func `ECDH comes to the secret of NIST's example`() throws {
        let key = try PrivateKey(
            pkcs8: Fixtures.secret(
                "3041020100301306072a8648ce3d020106082a8648ce3d030107042730250201010420"
                    + "7d7dc5f71eb29ddaf80d6214632eeae03d9058af1fb6d22ed80badb62bc1a534"
            )
        )
        let other = try PublicKey(
            spki: Fixtures.octets(
                "3059301306072a8648ce3d020106082a8648ce3d03010703420004"
                    + "700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc838833d287"
                    + "db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab85fa4ac"
            )
        )
        let secret = try key.agree(with: other)
        let expected = try Fixtures.octets("46fc62106420ff012e54a434fbdd2d25ccc5852060561e68040dd7778997bd7b")
        let isSame = Fixtures.holds(secret, expected)
        #expect(isSame)
    }

    /// RFC 7748 section 6.1.
    @Test func `X25519 comes to the secret of RFC 7748 from both sides`() throws {
        let alice = try PrivateKey(
            pkcs8: Fixtures.secret(
                "302e020100300506032b656e04220420" + "77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a"
            )
        )
        let bob = try PrivateKey(
            pkcs8: Fixtures.secret(
                "302e020100300506032b656e04220420" + "5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb"
            )
        )
        #expect(
            Hexadecimal.text(bob.publicKey.spki)
                == "302a300506032b656e032100" + "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f"
        )
        let expected = try Fixtures.octets("4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742")
        let isSame = try Fixtures.holds(alice.agree(with: bob.publicKey), expected)
        let isSameBack = try Fixtures.holds(bob.agree(with: alice.publicKey), expected)
        #expect(isSame && isSameBack)
    }

    @Test(arguments: [KeyKind.p256, .p384, .p521, .x25519])
    func `both sides come to one secret, as long as a coordinate`(_ kind: KeyKind) throws {
        let (one, other) = try (PrivateKey.generate(kind), PrivateKey.generate(kind))
        let secret = try one.agree(with: other.publicKey)
        let isSame = try ConstantTime.equal(secret, other.agree(with: one.publicKey))
        let count = secret.count
        #expect(isSame && count == (kind == .p521 ? 66 : kind == .p384 ? 48 : 32))
    }

    @Test func `keys of different kinds, and kinds that only sign, do not agree`() throws {
        let key = try PrivateKey.generate(.p256)
        for other in [KeyKind.p384, .x25519, .ed25519] {
            let stranger = try PrivateKey.generate(other)
            #expect(throws: CryptographyError.self) { _ = try key.agree(with: stranger.publicKey) }
        }
        let signer = try PrivateKey.generate(.ed25519)
        #expect(throws: CryptographyError.self) { _ = try signer.agree(with: signer.publicKey) }
    }

    @Test func `points off the curve and of small order are refused`() throws {
        let key = try PrivateKey.generate(.p256)
        var spki = key.publicKey.spki
        spki[spki.count - 1] ^= 1
        let off = try PublicKey(spki: spki)
        #expect(throws: CryptographyError.self) { _ = try key.agree(with: off) }
        let montgomery = try PrivateKey.generate(.x25519)
        for point in ["00", "01"] {
            let small = try PublicKey(
                spki: Fixtures.octets("302a300506032b656e032100" + point + String(repeating: "00", count: 31))
            )
            #expect(throws: CryptographyError.self) { _ = try montgomery.agree(with: small) }
        }
    }

    /// RFC 7518 appendix C.
    @Test func `ConcatKDF derives the key of the published example`() throws {
        let secret = try Fixtures.secret("9e56d91d817135d372834283bf84269cfb316ea3da806a48f6daa7798cfe90c4")
        let info: [UInt8] =
            [0, 0, 0, 7] + Array("A128GCM".utf8) + [0, 0, 0, 5] + Array("Alice".utf8) + [0, 0, 0, 3]
            + Array("Bob".utf8) + [0, 0, 0, 128]
        let key = try ConcatKDF.derive(from: secret, digest: .sha256, otherInfo: info, octetCount: 16)
        let isSame = try Fixtures.holds(key, Fixtures.octets("56aa8deaf8236d205c2228cd71a7101a"))
        #expect(isSame)
    }

    /// RFC 5869 appendices A.1 and A.3.
    @Test(arguments: [
        (
            "000102030405060708090a0b0c", "f0f1f2f3f4f5f6f7f8f9",
            "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"
        ),
        ("", "", "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"),
    ])
    func `HKDF derives the keys of RFC 5869`(_ salt: String, _ info: String, _ expected: String) throws {
        let key = try HKDF.derive(
            from: SecretOctets(copying: [UInt8](repeating: 0x0B, count: 22)),
            digest: .sha256,
            salt: Fixtures.octets(salt),
            info: Fixtures.octets(info),
            octetCount: 42
        )
        let isSame = try Fixtures.holds(key, Fixtures.octets(expected))
        #expect(isSame)
    }

    @Test func `ConcatKDF goes on for as many octets as are asked, and depends on everything`() throws {
        let secret = SecretOctets(count: 32)
        let long = try ConcatKDF.derive(from: secret, digest: .sha1, otherInfo: [], octetCount: 64)
        let first = try ConcatKDF.derive(from: secret, digest: .sha1, otherInfo: [], octetCount: 20)
        let other = try ConcatKDF.derive(from: secret, digest: .sha1, otherInfo: [1], octetCount: 20)
        // By definition the first block is the hash of counter and secret.
        let expected = DigestAlgorithm.sha1.digest(of: [0, 0, 0, 1] + [UInt8](repeating: 0, count: 32))
        let isFirst = Fixtures.holds(first, expected)
        let isPrefix = long.withUnsafeBytes { Array($0.prefix(20)) } == expected
        let isOther = Fixtures.holds(other, expected)
        #expect(isFirst && isPrefix && !isOther)
        for count in [0, -1, 65] {
            #expect(throws: CryptographyError.self) {
                _ = try ConcatKDF.derive(from: secret, digest: .sha1, otherInfo: [], octetCount: count)
            }
        }
    }
}
