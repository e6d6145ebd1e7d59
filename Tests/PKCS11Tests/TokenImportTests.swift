import CPKCS11
import Cryptography
import Foundation
import Keystore
import TestSupport
import Testing

@testable import PKCS11

extension TokenTests {
    @Suite struct TokenImportTests {
        private let soft: SoftToken
        private let tenant: TokenTenant
        private let alias: KeyAlias

        init() throws {
            soft = try SoftToken()
            tenant = try TokenTenant(soft)
            alias = try KeyAlias("orders-sign")
        }

        private func certificate(of key: PrivateKey) throws -> Certificate {
            try Certificate.selfSigned(
                key: key,
                subject: "CN=orders",
                notBefore: tenant.clock.now,
                notAfter: tenant.clock.now.addingTimeInterval(86_400)
            )
        }

        private func bring(_ key: PrivateKey, _ chain: [Certificate]) async throws -> KeyVersion {
            let (alias, name) = (alias, soft.name)
            return try await tenant.act { operations, _ in
                try operations.importPair(alias: alias, key: key, chain: chain, in: name)
            }
        }

        @Test(arguments: [KeyKind.rsa2048, .rsa3072, .p256, .p384, .p521, .ed25519])
        func `a key that is brought computes in the token, which shows it to nobody`(_ kind: KeyKind) async throws {
            let key = try PrivateKey.generate(kind)
            let version = try await bring(key, [certificate(of: key)])
            #expect(version.sealedPrivateKey == nil && version.tokenKey?.label == "orders-sign-1")
            let alias = alias
            let stored = try await tenant.act { _, transaction in try transaction.versions(of: alias) }
            #expect(stored.map(\.sealedPrivateKey) == [nil])
            let held = try #require(version.tokenKey)
            let inToken = try soft.token().privateKey(held)
            let algorithm: Cryptography.SignatureAlgorithm =
                switch kind.algorithm {
                case .rsa: .rsaPSS(digest: .sha256, mgf: .sha256, saltOctetCount: 32)
                case .ec: .ecdsa(.sha256)
                default: .ed25519
                }
            let signature = try inToken.sign([1, 2, 3], by: algorithm)
            #expect(key.publicKey.verify(signature, over: [1, 2, 3], by: algorithm))
            if case .rsa = kind.algorithm {
                let secret = SecureRandom.secret(count: 32)
                let transport = KeyTransport.rsaOAEP(digest: .sha256, mgf: .sha256)
                let opened = try inToken.decrypt(key.publicKey.encrypt(secret, by: transport), by: transport)
                let isSame = ConstantTime.equal(opened, secret)
                #expect(isSame)
            }
            #expect(try soft.objectCount() == 2)
            let shown = try soft.privateAttributes(of: held.identifier)
            #expect(shown.isSensitive && !shown.isExtractable)
            // CKR_ATTRIBUTE_SENSITIVE
            #expect(shown.secretResult == 0x11)
        }

        @Test func `keys that agree are brought as well`() throws {
            let token = try soft.token()
            for kind in [KeyKind.p256, .p384, .p521, .x25519] {
                let (key, peer) = try (PrivateKey.generate(kind), PrivateKey.generate(kind))
                let held = try token.privateKey(token.take(key, label: "key"))
                let isSame = try ConstantTime.equal(held.agree(with: peer.publicKey), peer.agree(with: key.publicKey))
                #expect(isSame, "\(kind)")
            }
        }

        @Test func `nothing is left in the token when the keystore refuses the pair`() async throws {
            let (key, other) = try (PrivateKey.generate(.p256), PrivateKey.generate(.p256))
            await #expect(throws: KeystoreError.self) { try await bring(key, [certificate(of: other)]) }
            #expect(try soft.objectCount() == 0)
            let leaf = try certificate(of: key)
            _ = try await bring(key, [leaf])
            await #expect(throws: KeystoreError.alreadyPresent(KeyVersionID(alias: alias, number: 1))) {
                try await bring(key, [leaf])
            }
            #expect(try soft.objectCount() == 2)
        }

        @Test func `a token that cannot store refuses, and so does the keystore`() async throws {
            let key = try PrivateKey.generate(.p256)
            let leaf = try certificate(of: key)
            let alias = alias
            try tenant.masterKey.tokens.token(soft.name).reach()
            let bare = try soft.takeFilesAway()
            let error = await #expect(throws: KeystoreError.self) { try await bring(key, [leaf]) }
            #expect(
                "\(String(describing: error))".contains("C_CreateObject returned CKR_"),
                "\(String(describing: error))"
            )
            try bare.bringBack()
            #expect(try await tenant.act { _, transaction in try transaction.versions(of: alias) }.isEmpty)
            #expect(try soft.objectCount() == 0)
            _ = try await bring(key, [leaf])
            #expect(try soft.objectCount() == 2)
        }

        @Test func `a key that is in a token already is not brought into one`() throws {
            let token = try soft.token()
            let held = try token.privateKey(token.generate(.p256, label: "key"))
            let error = #expect(throws: CryptographyError.self) { _ = try token.take(held, label: "again") }
            #expect(error?.description == "the token 'hsm': private keys do not leave it")
            #expect(try soft.objectCount() == 2)
        }

        @Test func `a full and a write-protected token are told with their mend`() {
            let full = TokenFault.returned("C_CreateObject", ReturnValue(code: 0x31)).cause
            #expect(full.hasPrefix("C_CreateObject returned CKR_DEVICE_MEMORY: the token is full; have what nobody"))
            for code in [0xB5, 0xE2] as [UInt] {
                let protected = TokenFault.returned("C_OpenSession", ReturnValue(code: code)).cause
                #expect(protected.contains(": the token is write-protected; have that taken off"), "\(protected)")
            }
        }
    }
}
