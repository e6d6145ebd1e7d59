import Cryptography
import TestSupport
import Testing

@Suite struct KeyTransportTests {
    private static let plain = Array("0123456789abcdef".utf8)

    /// Made by `openssl pkeyutl -encrypt` of OpenSSL 3.0 for alice-rsa2048.
    @Test(arguments: [
        (
            KeyTransport.rsaOAEP(digest: .sha256, mgf: .sha1),
            """
            KyUofxQqDYhgzyPX25mE7VmvC/0i5un3ML33oeecAkRXPFShu3lWbgrirThYc8C29erlcIZIBVRyAaMMftDxxCDJ3wWhqjTY47/mfcXH
            eKnBSLw1rtREbJCdfFSpOL6JhnY/k5QIbo7wt72e4CZxFtImVT1/TkbQwXXgVoVHyrkj92ioXXBZWVRHcg8qA5v8vBwl4rLKlXVjuqqG
            TVuHA/IAnxI+q255x0lz7zwrKaUx6U1LfeQzmdWUvlwHrq1YUpeRB/cB3ekqKOflnk4oyMu7fa2X3qZMzVkmCYW+3ylfPbN/a7XCf+JT
            RU31hVX57uxZ6Q4hURDFXB1jHLPXfg==
            """
        ),
        (
            .rsaOAEP(digest: .sha1, mgf: .sha1),
            """
            INNxdRZldXw84/RsxN5MDHYT7CsTiClOBP237BYE3TX65A/KQhUaIaM92EXid5HFib/BBXU7lH99JViimN1mwgy02Gqq3pycWwZZbom4
            oSDY77WhR89e5eA9QJfNOxl0CDqMw0fw5nWXscbRVZswtSwL+6E2bCwHajmqDkSstskcYHNM96tqzyAcnF0s1j5yTgzL1wMDRanLBN0T
            G/Zkk3QSrksa5qYWqaEyss/pmTHKcs6pP7s/hQqeKKXyl46/r6fUlcof/rBAvSULoVkRZkwEvO/ibj1dSoriNW+40rYcF/aLpkqCfrVp
            bjaD9mUn34SNdtEV6ehjDVsqTfiO6w==
            """
        ),
    ])
    func `opens what OpenSSL's own program wrapped`(_ transport: KeyTransport, _ text: String) throws {
        let wrapped = try #require(Base64.decode(text))
        let secret = try Fixtures.key("alice-rsa2048").decrypt(wrapped, by: transport)
        let isSame = Fixtures.holds(secret, Self.plain)
        #expect(isSame)
    }

    @Test(arguments: [DigestAlgorithm.sha1, .sha256, .sha512], [DigestAlgorithm.sha1, .sha256])
    func `goes both ways for every pair of digests`(_ digest: DigestAlgorithm, _ mgf: DigestAlgorithm) throws {
        let key = try Fixtures.key("bob-rsa3072")
        let transport = KeyTransport.rsaOAEP(digest: digest, mgf: mgf)
        let wrapped = try key.publicKey.encrypt(SecretOctets(copying: Self.plain), by: transport)
        #expect(wrapped.count == 384)
        let secret = try key.decrypt(wrapped, by: transport)
        let isSame = Fixtures.holds(secret, Self.plain)
        #expect(isSame)
    }

    @Test func `every failure is the same one`() throws {
        let key = try Fixtures.key("alice-rsa2048")
        let other = try Fixtures.key("bob-rsa2048")
        let transport = KeyTransport.rsaOAEP(digest: .sha256, mgf: .sha1)
        let wrapped = try key.publicKey.encrypt(SecretOctets(copying: Self.plain), by: transport)
        var tampered = wrapped
        tampered[100] ^= 1
        for octets in [
            tampered, [], [1], Array(wrapped.dropLast()), wrapped + [0], [UInt8](repeating: 255, count: 256),
        ] {
            #expect(throws: CryptographyError.decryptionFailed) { _ = try key.decrypt(octets, by: transport) }
        }
        #expect(throws: CryptographyError.decryptionFailed) { _ = try other.decrypt(wrapped, by: transport) }
        #expect(throws: CryptographyError.decryptionFailed) {
            _ = try key.decrypt(wrapped, by: .rsaOAEP(digest: .sha1, mgf: .sha1))
        }
    }

    @Test func `a key of another family is refused, naming both`() throws {
        let key = try Fixtures.key("alice-p256")
        let transport = KeyTransport.rsaOAEP(digest: .sha1, mgf: .sha1)
        let error = CryptographyError.keyAlgorithmMismatch(
            key: "EC P-256",
            algorithm: "RSA-OAEP with SHA-1, MGF1 with SHA-1"
        )
        #expect(throws: error) { _ = try key.publicKey.encrypt(SecretOctets(copying: Self.plain), by: transport) }
        #expect(throws: error) { _ = try key.decrypt([1], by: transport) }
    }

    @Test func `a secret that is too long for the modulus is refused`() throws {
        let key = try Fixtures.key("alice-rsa2048")
        #expect(throws: CryptographyError.self) {
            try key.publicKey.encrypt(SecretOctets(count: 215), by: .rsaOAEP(digest: .sha1, mgf: .sha1))
        }
    }
}
