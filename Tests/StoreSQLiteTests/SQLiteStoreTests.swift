import Cryptography
import Foundation
import GRDB
import Keystore
import Messaging
import Renewal
import StoreConformance
import StoreSQLite
import Testing

@Suite struct SQLiteStoreTests {
    @Test("The store keeps every promise of the suite", arguments: StoreConformance.cases)
    func conforms(promise: StoreConformance.Case) async throws {
        try await withTemporaryPath { path in
            try await promise.check(StoreConformance { StoreConformance.Store(try SQLiteStore(path: path)) })
        }
    }

    @Test func `Every commit reaches the disk, and only the owner reads the file`() async throws {
        try await withTemporaryPath { path in
            let store = try SQLiteStore(path: path)
            let level = try await store.synchronousLevel()
            #expect(level == 2)
            let permissions = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(permissions == 0o600)
        }
    }

    @Test func `A file of a newer program is refused`() async throws {
        try await withTemporaryPath { path in
            try SQLiteStore(path: path).close()
            let queue = try DatabaseQueue(path: path)
            try await queue.write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('999 unknown')") }
            try queue.close()
            #expect(throws: SQLiteStoreError.fromNewerProgram(path: path)) { try SQLiteStore(path: path) }
        }
    }

    @Test func `A transaction is carried through when its caller is cancelled`() async throws {
        try await withTemporaryPath { path in
            let store: any KeystoreStore = try SQLiteStore(path: path)
            let generation = await withTaskGroup(of: Int?.self, returning: Int?.self) { group in
                group.addTask {
                    withUnsafeCurrentTask { $0?.cancel() }
                    return try? await store.write { try $0.bumpGeneration() }
                }
                return await group.next() ?? nil
            }
            #expect(generation == 1)
        }
    }

    @Test(
        "The schema refuses what no program may write",
        arguments: [
            "INSERT INTO key_version (alias, number, owner, state, created_at) VALUES ('a', 0, 'tenant', 'staged', 1)",
            "INSERT INTO key_version (alias, number, owner, state, created_at) VALUES ('a', 1, 'x', 'staged', 1)",
            "INSERT INTO key_version (alias, number, owner, state, created_at) VALUES ('a', 1, 'tenant', 'new', 1)",
            "UPDATE keyset SET generation = generation - 1",
            "INSERT INTO keyset (only, generation) VALUES (2, 0)",
            "INSERT INTO key_use VALUES ('a', 1, 'sign', 'f', 'p', 'sender', 'succeeded', 1, 1, 1)",
            "INSERT INTO open_operation VALUES ('h', 'f', 'sender', 'exchange', 'a', 1, 1)",
            """
            INSERT INTO message (id, flow, message_id, sealed_envelope, accepted_at, due_at, deadline, state, attempts)
            VALUES ('i', 'no-such-flow', 'm', x'00', 1, 1, 1, 'waiting', 0)
            """,
        ]
    )
    func schemaRefuses(statement: String) async throws {
        try await withTemporaryPath { path in
            try SQLiteStore(path: path).close()
            let queue = try DatabaseQueue(path: path)
            let error = await #expect(throws: DatabaseError.self) {
                try await queue.write { try $0.execute(sql: statement) }
            }
            // Not for a statement that fits no table any more.
            #expect(error?.resultCode == .SQLITE_CONSTRAINT, "\(String(describing: error))")
        }
    }

    @Test func `Rows of history are neither changed nor deleted`() async throws {
        try await withTemporaryPath { path in
            let store: any RenewalStore = try SQLiteStore(path: path)
            let version = try Self.version(1)
            try await store.write { transaction in
                try transaction.audit(at: .now, actor: "one", action: "a", subject: "s", detail: "")
                try transaction.insert(version)
                try transaction.appendJournal(Self.entry)
            }
            let queue = try DatabaseQueue(path: path)
            for statement in [
                "DELETE FROM audit", "UPDATE audit SET actor = 'two'", "DELETE FROM key_version", "DELETE FROM journal",
                "UPDATE journal SET payload = '{}'",
            ] {
                let error = await #expect(throws: DatabaseError.self) {
                    try await queue.write { try $0.execute(sql: statement) }
                }
                #expect(error?.resultCode == .SQLITE_CONSTRAINT, "\(statement)")
            }
        }
    }

    @Test func `What a certificate could be mistaken by names its version no more when another is in its place`()
        async throws
    {
        try await withTemporaryPath { path in
            let store: any KeystoreStore = try SQLiteStore(path: path)
            let (version, other) = try (Self.version(1), Self.version(2))
            let marks = try #require(version.certificate?.identityMarks)
            try await store.write { transaction in
                try transaction.insert(version)
                var replaced = version
                replaced.chain = other.chain
                try transaction.update(replaced)
            }
            #expect(try await store.read { try $0.versions(marked: marks) }.isEmpty)
            try await store.write { transaction in
                var renewed = version
                renewed.chain = other.chain
                renewed.formerCertificates = version.chain
                try transaction.update(renewed)
            }
            #expect(try await store.read { try $0.versions(marked: marks) }.map(\.id) == [version.id])
        }
    }

    private static func version(_ number: Int) throws -> KeyVersion {
        let now = Date(timeIntervalSince1970: 1_800_000_000)
        let certificate = try Certificate.selfSigned(
            key: PrivateKey.generate(.p256),
            subject: "CN=\(number)",
            notBefore: now,
            notAfter: now + 86_400
        )
        return KeyVersion(
            id: KeyVersionID(alias: try KeyAlias("orders-sign"), number: number),
            owner: .tenant,
            state: .staged,
            chain: [certificate],
            sealedPrivateKey: nil,
            createdAt: now
        )
    }

    private static let entry = JournalEntry(
        renewal: RenewalID(rawValue: "orders-sign-1"),
        sequence: 1,
        at: Date(timeIntervalSince1970: 1_800_000_000),
        actor: Actor(name: "one", role: .tenantAdministrator, organisation: "tenant"),
        event: .aborted(reason: "not now")
    )

    private func withTemporaryPath(_ body: (String) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "store-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await body(folder.appending(path: "store.sqlite").path)
    }
}
