import Cryptography
import Foundation
import Keystore
import PKCS11
import Testing

extension TokenTests {
    @Suite struct TokenComputingTests {
        private let soft: SoftToken
        private let token: Token

        init() throws {
            soft = try SoftToken()
            token = try soft.token()
        }

        private func key(_ kind: KeyKind) throws -> PrivateKey {
            try token.privateKey(token.generate(kind, label: "key"))
        }

        @Test func `RSA keys sign by every algorithm, and libcrypto verifies it`() throws {
            let key = try key(.rsa2048)
            let octets = SecureRandom.octets(count: 1000)
            for digest in DigestAlgorithm.allCases {
                for algorithm in [
                    SignatureAlgorithm.rsaPKCS1(digest),
                    .rsaPSS(digest: digest, mgf: digest, saltOctetCount: digest.octetCount),
                    .rsaPSS(digest: digest, mgf: digest, saltOctetCount: 7),
                ] {
                    let signature = try key.sign(octets, by: algorithm)
                    #expect(key.publicKey.verify(signature, over: octets, by: algorithm), "\(algorithm)")
                    #expect(!key.publicKey.verify(signature, over: octets + [0], by: algorithm), "\(algorithm)")
                }
            }
        }

        @Test(arguments: [KeyKind.p256, .p384, .p521])
        func `EC keys sign, and agree on the secret that the other side has`(_ kind: KeyKind) throws {
            let key = try key(kind)
            let octets = SecureRandom.octets(count: 1000)
            for digest in DigestAlgorithm.allCases {
                let signature = try key.sign(octets, by: .ecdsa(digest))
                #expect(key.publicKey.verify(signature, over: octets, by: .ecdsa(digest)), "\(digest)")
                #expect(!key.publicKey.verify(signature, over: octets + [0], by: .ecdsa(digest)), "\(digest)")
            }
            let peer = try PrivateKey.generate(kind)
            let isSame = try ConstantTime.equal(key.agree(with: peer.publicKey), peer.agree(with: key.publicKey))
            #expect(isSame)
        }

        @Test func `Ed25519 keys sign, and X25519 keys agree on the secret that the other side has`() throws {
            let edwards = try key(.ed25519)
            let octets = SecureRandom.octets(count: 1000)
            let signature = try edwards.sign(octets, by: .ed25519)
            #expect(edwards.publicKey.verify(signature, over: octets, by: .ed25519))
            #expect(!edwards.publicKey.verify(signature, over: octets + [0], by: .ed25519))
            let montgomery = try key(.x25519)
            let peer = try PrivateKey.generate(.x25519)
            let isSame = try ConstantTime.equal(
                montgomery.agree(with: peer.publicKey),
                peer.agree(with: montgomery.publicKey)
            )
            #expect(isSame)
            // The point of order 1: whoever agrees with it agrees on zeros.
            let zero = try PublicKey(octets: [UInt8](repeating: 0, count: 32), of: .x25519)
            #expect(throws: CryptographyError.self) { _ = try montgomery.agree(with: zero) }
        }

        @Test func `RSA keys open what was wrapped by OAEP with every pair of digests`() throws {
            let key = try key(.rsa2048)
            for digest in DigestAlgorithm.allCases {
                for mgf in DigestAlgorithm.allCases {
                    let transport = KeyTransport.rsaOAEP(digest: digest, mgf: mgf)
                    let secret = SecureRandom.secret(count: 32)
                    var wrapped = try key.publicKey.encrypt(secret, by: transport)
                    let isSame = try ConstantTime.equal(key.decrypt(wrapped, by: transport), secret)
                    #expect(isSame, "\(transport)")
                    wrapped[wrapped.count - 1] ^= 1
                    #expect(throws: CryptographyError.decryptionFailed) { _ = try key.decrypt(wrapped, by: transport) }
                }
            }
        }

        @Test func `PKCS#1 v1.5 opens, and broken padding yields a secret all the same`() throws {
            let key = try key(.rsa2048)
            let secret = SecureRandom.secret(count: 32)
            var wrapped = try key.publicKey.encrypt(secret, by: .rsaPKCS1)
            let isSame = try ConstantTime.equal(key.decrypt(wrapped, by: .rsaPKCS1, expecting: 32), secret)
            #expect(isSame)
            wrapped[wrapped.count - 1] ^= 1
            let first = try key.decrypt(wrapped, by: .rsaPKCS1, expecting: 32)
            let second = try key.decrypt(wrapped, by: .rsaPKCS1, expecting: 32)
            let (isStable, isOpened) = (ConstantTime.equal(first, second), ConstantTime.equal(first, secret))
            #expect(isStable && !isOpened)
        }

        @Test func `what is no number below the modulus is refused as every other wrapped key`() throws {
            let key = try key(.rsa2048)
            for wrapped in [[UInt8](repeating: 0xFF, count: 256), [UInt8](repeating: 1, count: 255), []] {
                #expect(throws: CryptographyError.decryptionFailed) {
                    _ = try key.decrypt(wrapped, by: .rsaOAEP(digest: .sha1, mgf: .sha1))
                }
                #expect(throws: CryptographyError.decryptionFailed) {
                    _ = try key.decrypt(wrapped, by: .rsaPKCS1, expecting: 32)
                }
            }
        }

        @Test func `what the token cannot do is refused by name`() throws {
            let key = try key(.rsa2048)
            let mixed = SignatureAlgorithm.rsaPSS(digest: .sha256, mgf: .sha1, saltOctetCount: 32)
            let error = #expect(throws: CryptographyError.self) { _ = try key.sign([1], by: mixed) }
            let words = "the token 'hsm': signing by \(mixed): C_SignInit returned CKR_"
            #expect(error?.description.hasPrefix(words) == true, "\(String(describing: error))")
            #expect(throws: CryptographyError.self) { _ = try key.sign([1], by: .ecdsa(.sha256)) }
        }

        @Test func `a key without the plain operation opens OAEP in the token, and refuses PKCS#1 v1.5`() throws {
            let key = try soft.restrictedKey(to: [0x01, 0x09])
            let secret = SecureRandom.secret(count: 32)
            let transport = KeyTransport.rsaOAEP(digest: .sha1, mgf: .sha1)
            var wrapped = try key.publicKey.encrypt(secret, by: transport)
            let isSame = try ConstantTime.equal(key.decrypt(wrapped, by: transport), secret)
            #expect(isSame)
            wrapped[wrapped.count - 1] ^= 1
            #expect(throws: CryptographyError.decryptionFailed) { _ = try key.decrypt(wrapped, by: transport) }
            // SoftHSM's own OAEP knows SHA-1 alone.
            let newer = KeyTransport.rsaOAEP(digest: .sha256, mgf: .sha256)
            let other = try key.publicKey.encrypt(secret, by: newer)
            let error = #expect(throws: CryptographyError.self) { _ = try key.decrypt(other, by: newer) }
            #expect(
                error?.description.contains("opening \(newer): C_DecryptInit returned CKR_") == true,
                "\(String(describing: error))"
            )
            let old = try key.publicKey.encrypt(secret, by: .rsaPKCS1)
            let refusal = #expect(throws: CryptographyError.self) {
                _ = try key.decrypt(old, by: .rsaPKCS1, expecting: 32)
            }
            #expect(
                refusal?.description.contains("does not do the plain RSA operation") == true,
                "\(String(describing: refusal))"
            )
        }

        @Test func `the octets of a key do not come out`() throws {
            let key = try key(.p256)
            #expect(throws: CryptographyError.self) { _ = try key.pkcs8() }
            #expect(throws: CryptographyError.self) { _ = try key.encryptedPEM(password: "a long password") }
            let certificate = try Certificate.selfSigned(
                key: key,
                subject: "CN=key",
                notBefore: .now,
                notAfter: .now.addingTimeInterval(60)
            )
            let error = #expect(throws: CryptographyError.self) {
                _ = try PKCS12.write(key: key, chain: [certificate], name: "key", password: "a long password")
            }
            #expect(error?.description == "the token 'hsm': private keys do not leave it")
        }

        @Test func `many tasks compute at once with fewer sessions than they are`() async throws {
            let (rsa, ec) = try (key(.rsa2048), key(.p256))
            try await withThrowingTaskGroup(of: Bool.self) { group in
                for number in 0..<64 {
                    group.addTask {
                        let octets = [UInt8(number)]
                        let signature = try ec.sign(octets, by: .ecdsa(.sha256))
                        let other = try rsa.sign(octets, by: .rsaPKCS1(.sha256))
                        let secret = SecureRandom.secret(count: 16)
                        let transport = KeyTransport.rsaOAEP(digest: .sha256, mgf: .sha256)
                        let opened = try rsa.decrypt(rsa.publicKey.encrypt(secret, by: transport), by: transport)
                        return ec.publicKey.verify(signature, over: octets, by: .ecdsa(.sha256))
                            && rsa.publicKey.verify(other, over: octets, by: .rsaPKCS1(.sha256))
                            && ConstantTime.equal(opened, secret)
                    }
                }
                for try await isRight in group { #expect(isRight) }
            }
        }
    }
}
