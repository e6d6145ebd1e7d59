import Cryptography
import TestSupport
import Testing

@Suite struct ProbabilisticSignatureTests {
    private static let message = Array("renewal".utf8)

    /// Made by `openssl dgst -sign` of OpenSSL 3.0 with alice-rsa2048.
    private static let examples = [
        (
            SignatureAlgorithm.rsaPSS(digest: .sha256, mgf: .sha256, saltOctetCount: 32),
            """
            Rqxpo5CUQSTCVMyEtFkhaI+d91BdUejo4j27YYSwMFexQGjilAUC68K6PfouFhVDN01OEFggCNcuo8/0vWn5xQVgQdCPW0YGas4hnRYWW2Z2
            y70YUvYf1P2TXZhKDq7hqfdPV1wIF5phw70XHB7xOJDQ/FRqQMnS54pROMYpBqi1Pwa3xmHGHdXCp/xN2fRHg0hUYZyp274bN6zAzxwiaCTf
            kTb0CYeD6FBGGYu+ZjBJdv46sFni4dzWv7UorDkjeqieB+vHy6V4sZaf/Butpsf33SSlA89fRAVe2dCH6AIcuJpaany2c0bkg/F/QKZ7DdhI
            jGOyX4Red/FQCXpVHA==
            """
        ),
        (
            .rsaPSS(digest: .sha512, mgf: .sha1, saltOctetCount: 20),
            """
            Z0wXRWwJEuQ9QMO0OGSLCMzyQHlPwwlnFyczuloaxXhm9ztWTXs0QlFli5Ptx54bJGaDjDxYk6dF84FXf3Ern4aVJpkpmztIH8RbIsQTfIWn
            vROZ6tHhFjD4HIjiBAynoWtJ6F9OGkNNBH+4SYcL7DHRf/0jT0OBbh8uyLbsgcZJg5ywOZ2OY6qu5BGmFJNZ/IzCaG9vxVvdb5Eu7k6CLHTw
            +S5q5vO5mNMGjlB/I8zpytY4Eg3FZL3I1/L3kMgO8DkEX7+UCxz22FxPcKSRg4qMoswwioVNAxzhc6Cji122wisgwWdvQUrSjpPE/sBoLChg
            gh2/p9w70FlqbVYgMQ==
            """
        ),
    ]

    @Test(arguments: examples)
    func `verifies what OpenSSL's own program signed, by exactly its parameters`(
        _ algorithm: SignatureAlgorithm,
        _ text: String
    ) throws {
        let key = try Fixtures.key("alice-rsa2048").publicKey
        let signature = try #require(Base64.decode(text))
        #expect(key.verify(signature, over: Self.message, by: algorithm))
        for other: SignatureAlgorithm in [
            .rsaPSS(digest: .sha256, mgf: .sha1, saltOctetCount: 32),
            .rsaPSS(digest: .sha256, mgf: .sha256, saltOctetCount: 20),
            .rsaPSS(digest: .sha512, mgf: .sha1, saltOctetCount: 0),
            .rsaPSS(digest: .sha512, mgf: .sha1, saltOctetCount: -2),
            .rsaPSS(digest: .sha512, mgf: .sha1, saltOctetCount: 100_000),
            .rsaPKCS1(.sha256), .rsaPKCS1(.sha512), .hmac(.sha256), .ed25519,
        ] {
            #expect(!key.verify(signature, over: Self.message, by: other))
        }
    }

    @Test(arguments: DigestAlgorithm.allCases, DigestAlgorithm.allCases)
    func `every pair of digests goes both ways`(_ digest: DigestAlgorithm, _ mgf: DigestAlgorithm) throws {
        let key = try Fixtures.key("bob-rsa2048")
        let algorithm = SignatureAlgorithm.rsaPSS(digest: digest, mgf: mgf, saltOctetCount: digest.octetCount)
        var signature = try key.sign(Self.message, by: algorithm)
        #expect(key.publicKey.verify(signature, over: Self.message, by: algorithm))
        signature[17] ^= 4
        #expect(!key.publicKey.verify(signature, over: Self.message, by: algorithm))
    }

    @Test func `a public key is never the secret of an HMAC`() throws {
        let key = try Fixtures.key("alice-rsa2048")
        let code = try SecretKey(copying: key.publicKey.spki).authenticate(Self.message, by: .sha256)
        #expect(!key.publicKey.verify(code, over: Self.message, by: .hmac(.sha256)))
        #expect(
            throws: CryptographyError.keyAlgorithmMismatch(key: "RSA 2048", algorithm: "HMAC with SHA-256")
        ) { try key.sign(Self.message, by: .hmac(.sha256)) }
    }
}
