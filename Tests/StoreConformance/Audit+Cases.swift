import Keystore
import Testing

extension StoreConformance {
    static let auditCases: [Case] = [
        Case("The audit chain verifies after a restart, page by page") { suite in
            let store = try await suite.open().keystore
            for number in 1...7 {
                try await store.write { transaction in
                    try transaction.audit(
                        at: Samples.now,
                        actor: "one",
                        action: "key.create",
                        subject: "\(number)",
                        detail: "“quoted”"
                    )
                }
            }
            let again = try await suite.open().keystore
            let first = try await again.read { try $0.auditEntries(after: 0, limit: 4) }
            let rest = try await again.read { try $0.auditEntries(after: 4, limit: 100) }
            #expect(first.count == 4 && rest.count == 3)
            try AuditChain.verify(first)
            try AuditChain.verify(rest, after: first.last)
            let last = try await again.read { try $0.lastAuditEntry() }
            #expect(last == rest.last)
        },
        Case("An audit entry that does not follow the last one is refused") { suite in
            let store = try await suite.open().keystore
            let entry = AuditEntry(
                following: nil,
                at: Samples.now,
                actor: "one",
                action: "a",
                subject: "s",
                detail: ""
            )
            let stranger = AuditEntry(
                following: nil,
                at: Samples.now,
                actor: "two",
                action: "a",
                subject: "s",
                detail: ""
            )
            try await store.write { try $0.appendAudit(entry) }
            await #expect(throws: (any Error).self) { try await store.write { try $0.appendAudit(stranger) } }
            let forked = AuditEntry(
                following: stranger,
                at: Samples.now,
                actor: "two",
                action: "a",
                subject: "s",
                detail: ""
            )
            await #expect(throws: (any Error).self) { try await store.write { try $0.appendAudit(forked) } }
        },
    ]
}
