import Keystore
import Testing

extension StoreConformance {
    static let checkpointCases: [Case] = [
        Case("Checkpoints come back in order, also after a restart") { suite in
            let store = try await suite.open().keystore
            let first = try await checkpoint(in: store)
            let second = try await checkpoint(in: store)
            let again = try await suite.open().keystore
            #expect(try await again.read { try $0.lastAuditCheckpoint() } == second)
            #expect(try await again.read { try $0.auditCheckpoints(after: 0, limit: 1) } == [first])
            #expect(try await again.read { try $0.auditCheckpoints(after: 1, limit: 9) } == [second])
        },
        Case("A checkpoint of an entry that is not in the log, or a second one of an entry, is refused") { suite in
            let store = try await suite.open().keystore
            let first = try await checkpoint(in: store)
            await #expect(throws: (any Error).self) { try await store.write { try $0.appendAuditCheckpoint(first) } }
            let stranger = AuditCheckpoint(
                sequence: 2,
                hash: first.hash,
                at: Samples.now,
                key: first.key,
                signature: [1]
            )
            await #expect(throws: (any Error).self) { try await store.write { try $0.appendAuditCheckpoint(stranger) } }
        },
    ]

    /// A checkpoint of an entry that is written for it.
    private static func checkpoint(in store: any KeystoreStore) async throws -> AuditCheckpoint {
        try await store.write { transaction in
            try transaction.audit(at: Samples.now, actor: "one", action: "key.create", subject: "a", detail: "")
            guard let entry = try transaction.lastAuditEntry() else { throw KeystoreError.invalidName("audit") }
            let checkpoint = AuditCheckpoint(
                sequence: entry.sequence,
                hash: entry.hash,
                at: Samples.now,
                key: Samples.mark(7),
                signature: [1, 2, 3]
            )
            try transaction.appendAuditCheckpoint(checkpoint)
            return checkpoint
        }
    }
}
