import Cryptography
import Foundation
import Keystore
import PKCS11
import StoreSQLite
import TestSupport
import Testing

extension TokenTests {
    @Suite struct TokenKeystoreTests {
        private let soft: SoftToken
        private let tenant: TokenTenant
        private let alias: KeyAlias

        init() throws {
            soft = try SoftToken()
            tenant = try TokenTenant(soft)
            alias = try KeyAlias("orders-sign")
        }

        private func create(_ kind: KeyKind = .p256, in token: TokenName? = nil) async throws -> KeyVersion {
            let alias = alias
            return try await tenant.act { operations, _ in
                try operations.create(
                    alias: alias,
                    kind: kind,
                    subject: "CN=orders",
                    validity: .seconds(365 * 86_400),
                    in: token
                )
            }
        }

        @Test func `a key made in a token protects after an exchange from one of the keystore`() async throws {
            let software = try await create()
            let held = try await create(in: soft.name)
            #expect(software.tokenKey == nil && held.sealedPrivateKey == nil && held.hasPrivateKey)
            #expect(held.state == .staged && held.tokenKey?.label == "orders-sign-2")
            try await tenant.act { operations, _ in _ = try operations.exchange(to: held.id) }
            let snapshot = try await tenant.keyring().snapshot
            let credential = try snapshot.signingCredential(alias, at: tenant.clock.now)
            #expect(credential.id == held.id)
            let signature = try credential.key.sign([1], by: .ecdsa(.sha256))
            #expect(held.certificate?.publicKey.verify(signature, over: [1], by: .ecdsa(.sha256)) == true)
            // Its successor in a renewal is made in the same token.
            let alias = alias
            let next = try await tenant.act { operations, _ in
                try operations.createSuccessor(of: alias, kind: nil, validity: .seconds(86_400))
            }
            #expect(next.tokenKey?.token == soft.name && next.tokenKey?.label == "orders-sign-3")
        }

        @Test func `a request is signed in the token, and the certificate for it attached`() async throws {
            let (alias, name) = (alias, soft.name)
            let (pending, request) = try await tenant.act { operations, _ in
                try operations.request(alias: alias, kind: .rsa2048, subject: "CN=orders", in: name)
            }
            #expect(pending.state == .pending && pending.tokenKey != nil && !request.der.isEmpty)
            let key = try soft.token().privateKey(#require(pending.tokenKey))
            let issued = try Certificate.selfSigned(
                key: key,
                subject: "CN=orders",
                notBefore: tenant.clock.now,
                notAfter: tenant.clock.now.addingTimeInterval(86_400)
            )
            let attached = try await tenant.act { operations, _ in try operations.attach(alias: alias, chain: [issued])
            }
            #expect(attached.id == pending.id && attached.state == .staged && attached.tokenKey == pending.tokenKey)
        }

        @Test func `a key that is there is adopted by label or id, with its own certificate alone`() async throws {
            let token = try soft.token()
            let made = try token.generate(.p256, label: "by the maker's tool")
            let (alias, name, now) = (alias, soft.name, tenant.clock.now)
            func certificate(of key: PrivateKey) throws -> Certificate {
                try Certificate.selfSigned(
                    key: key,
                    subject: "CN=orders",
                    notBefore: now,
                    notAfter: now.addingTimeInterval(86_400)
                )
            }
            let foreign = try certificate(of: .generate(.p256))
            await #expect(throws: KeystoreError.self) {
                try await tenant.act { operations, _ in
                    _ = try operations.adopt(
                        alias: alias,
                        from: name,
                        identifier: made.identifier,
                        label: nil,
                        chain: [foreign]
                    )
                }
            }
            let own = try certificate(of: token.privateKey(made))
            let adopted = try await tenant.act { operations, _ in
                try operations.adopt(
                    alias: alias,
                    from: name,
                    identifier: nil,
                    label: "by the maker's tool",
                    chain: [own]
                )
            }
            #expect(adopted.state == .active && adopted.tokenKey == made)
        }

        @Test func `nothing is left in the token when the keystore refuses the new version`() async throws {
            let (alias, name) = (alias, soft.name)
            await #expect(throws: KeystoreError.self) {
                try await tenant.act { operations, _ in
                    _ = try operations.create(
                        alias: alias,
                        kind: .p256,
                        subject: "not a name",
                        validity: .seconds(60),
                        in: name
                    )
                }
            }
            #expect(try soft.objectCount() == 0)
            _ = try await create(in: soft.name)
            #expect(try soft.objectCount() == 2)
        }

        @Test func `destroying erases the key in the token, and is refused while the token is away`() async throws {
            let held = try await create(in: soft.name)
            let next = try await create()
            try await tenant.act { operations, _ in
                _ = try operations.exchange(to: next.id)
                try operations.stopAccepting(held.id)
            }
            tenant.clock.advance(by: .seconds(91 * 86_400))
            let away = try soft.takeAway()
            await #expect(throws: KeystoreError.self) {
                try await tenant.act { operations, _ in
                    _ = try operations.destroy(held.id, requestedBy: "tina", approvedBy: "tom")
                }
            }
            try away.bringBack()
            #expect(try soft.objectCount() == 2)
            let destroyed = try await tenant.act { operations, _ in
                try operations.destroy(held.id, requestedBy: "tina", approvedBy: "tom")
            }
            #expect(destroyed.state == .destroyed && !destroyed.hasPrivateKey)
            #expect(try soft.objectCount() == 0)
        }

        @Test func `a key that two versions use stays in the token until the second one is destroyed`() async throws {
            let token = try soft.token()
            let made = try token.generate(.p256, label: "shared")
            let certificate = try Certificate.selfSigned(
                key: token.privateKey(made),
                subject: "CN=orders",
                notBefore: tenant.clock.now,
                notAfter: tenant.clock.now.addingTimeInterval(365 * 86_400)
            )
            let (name, aliases) = (soft.name, [alias, try KeyAlias("bills-sign")])
            let held = try await tenant.act { operations, _ in
                try aliases.map { alias in
                    let version = try operations.adopt(
                        alias: alias,
                        from: name,
                        identifier: made.identifier,
                        label: nil,
                        chain: [certificate]
                    )
                    let next = try operations.create(
                        alias: alias,
                        kind: .p256,
                        subject: "CN=next",
                        validity: .seconds(365 * 86_400)
                    )
                    _ = try operations.exchange(to: next.id)
                    return try operations.stopAccepting(version.id)
                }
            }
            tenant.clock.advance(by: .seconds(91 * 86_400))
            for (version, left) in zip(held, [2, 0]) {
                let destroyed = try await tenant.act { operations, _ in
                    try operations.destroy(version.id, requestedBy: "tina", approvedBy: "tom")
                }
                #expect(try destroyed.tokenKey == nil && soft.objectCount() == left)
            }
        }

        @Test func `an export is refused with the reason`() async throws {
            let held = try await create(in: soft.name)
            await #expect(throws: KeystoreError.keyInToken(held.id, soft.name)) {
                try await tenant.act { operations, _ in
                    _ = try operations.requestExport(held.id, named: "export", by: "tina", reason: "to move it")
                }
            }
        }

        @Test func `a backup has the reference, and a restore asks the token for the key`() async throws {
            let held = try await create(in: soft.name)
            let now = tenant.clock.now
            let octets = try await tenant.act { _, transaction in
                try KeystoreBackup(transaction, at: now).sealed(passphrase: "correct horse battery")
            }
            let backup = try KeystoreBackup(octets, passphrase: "correct horse battery")
            #expect(backup.versions.map(\.tokenKey) == [held.tokenKey])
            let elsewhere = try TokenTenant(soft)
            let lines = try await elsewhere.act { operations, _ in try operations.restore(backup) }
            #expect(lines.map(\.act) == [.add] && lines[0].reason.contains("its key in the token 'hsm'"))
            try soft.token().erase(#require(held.tokenKey))
            let third = try TokenTenant(soft)
            let refused = try await third.act { operations, _ in try operations.restore(backup) }
            #expect(refused.map(\.act) == [.refuse] && refused[0].reason.contains("no private key with the id"))
        }

        @Test func `a key in a token that the configuration does not name is told by that token's name`() async throws {
            _ = try await create(in: soft.name)
            await #expect(throws: KeystoreError.unknownToken(soft.name)) {
                let snapshot = try await tenant.keyring(reaching: KeyTokens()).snapshot
                _ = try snapshot.signingCredential(alias, at: tenant.clock.now)
            }
        }
    }
}

/// A keystore in SQLite that reaches one token.
final class TokenTenant: Sendable {
    let clock = SimulatedClock()
    let masterKey: MasterKey
    let store: SQLiteStore
    private let folder: URL

    init(_ soft: SoftToken) throws {
        masterKey = try MasterKey.generate().reaching(KeyTokens([soft.token()]))
        folder = FileManager.default.temporaryDirectory.appending(path: "rekey-token-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        store = try SQLiteStore(path: folder.appending(path: "tenant.sqlite").path)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    func act<Result: Sendable>(
        _ body: @escaping @Sendable (KeyOperations, any KeystoreTransaction) throws -> Result
    ) async throws -> Result {
        let (masterKey, now) = (masterKey, clock.now)
        return try await (store as any KeystoreStore)
            .write { transaction in
                try body(
                    KeyOperations(transaction: transaction, masterKey: masterKey, now: now, actor: "tina"),
                    transaction
                )
            }
    }

    func keyring(reaching tokens: KeyTokens? = nil) async throws -> Keyring {
        try await Keyring(
            store: store,
            masterKey: tokens.map { masterKey.reaching($0) } ?? masterKey,
            clock: clock
        )
    }
}
