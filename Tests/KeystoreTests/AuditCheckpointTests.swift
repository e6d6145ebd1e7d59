import Cryptography
import Foundation
import Keystore
import TestSupport
import Testing

/// Truncation and rewriting of the audit log are found by whoever has the certificate alone.
@Suite struct AuditCheckpointTests {
    private let tenant: Tenant
    private let signing: AuditSigning

    init() throws {
        tenant = try Tenant()
        var schedule = AuditSigning.Schedule()
        schedule.entryCount = 3
        signing = AuditSigning(masterKey: tenant.masterKey, schedule: schedule, actor: "rekey")
    }

    @Test func `the log is signed after so many entries, after a time, and when told`() throws {
        #expect(try sign() == nil)
        try write(1)
        let first = try #require(try sign())
        // The key's own entry is signed too.
        let certificate = try #require(try certificates().last)
        #expect(first.sequence == 2 && first.isSigned(by: certificate))
        try write(2)
        #expect(try sign() == nil)
        try write(1)
        #expect(try sign()?.sequence == 5)
        #expect(try sign(isForced: true) == nil)
        try write(1)
        #expect(try sign(isForced: true)?.sequence == 6)
        try write(1)
        tenant.clock.advance(by: .seconds(301))
        #expect(try sign()?.sequence == 7)
    }

    @Test func `a sound log is verified, with what is not signed yet`() throws {
        let log = try signedLog()
        var verification = try verification(of: log)
        try verification.read(log.entries)
        try verification.end()
        #expect(verification.first == 1 && verification.last == log.entries.count)
        #expect(verification.lastSigned == log.checkpoints.last?.sequence)
        #expect(verification.checkpointCount == log.checkpoints.count)
        var part = try AuditVerification(
            certificates: certificates(),
            checkpoints: log.checkpoints.filter { $0.sequence > 3 }
        )
        try part.read(log.entries[3...])
        try part.end()
        #expect(part.first == 4)
    }

    @Test func `a log that was cut off and one that was written anew are found`() throws {
        let log = try signedLog()
        var cut = try verification(of: log)
        try cut.read(log.entries.dropLast(3))
        let last = try #require(log.checkpoints.last?.sequence)
        #expect(throws: AuditVerification.Fault.cutOff(sequence: last, last: log.entries.count - 3)) { try cut.end() }

        // Every hash is right, and every entry but the first is in its place.
        var rewritten: [AuditEntry] = []
        for entry in log.entries {
            rewritten.append(
                AuditEntry(
                    following: rewritten.last,
                    at: entry.at,
                    actor: entry.sequence == 1 ? "nobody" : entry.actor,
                    action: entry.action,
                    subject: entry.subject,
                    detail: entry.detail
                )
            )
        }
        try AuditChain.verify(rewritten)
        var anew = try verification(of: log)
        let first = log.checkpoints[0].sequence
        #expect(throws: AuditVerification.Fault.otherEntry(sequence: first)) { try anew.read(rewritten) }
    }

    @Test func `a checkpoint of another key, or changed in any part, is found`() throws {
        let log = try signedLog()
        let pair = try Pair(from: tenant.clock.now)
        let forged = try AuditCheckpoint(
            signing: log.entries[1],
            at: tenant.clock.now,
            key: pair.key,
            certificate: pair.certificate
        )
        #expect(throws: AuditVerification.Fault.unknownKey(sequence: 2, key: pair.certificate.auditKeyName)) {
            try AuditVerification(certificates: certificates(), checkpoints: [forged])
        }
        let first = log.checkpoints[0]
        let changes = [
            AuditCheckpoint(
                sequence: first.sequence + 1,
                hash: first.hash,
                at: first.at,
                key: first.key,
                signature: first.signature
            ),
            AuditCheckpoint(
                sequence: first.sequence,
                hash: first.hash.reversed(),
                at: first.at,
                key: first.key,
                signature: first.signature
            ),
            AuditCheckpoint(
                sequence: first.sequence,
                hash: first.hash,
                at: first.at.addingTimeInterval(0.001),
                key: first.key,
                signature: first.signature
            ),
        ]
        for changed in changes {
            #expect(throws: AuditVerification.Fault.badSignature(sequence: changed.sequence)) {
                try AuditVerification(certificates: certificates(), checkpoints: [changed])
            }
        }
    }

    @Test func `the signing key is replaced before it ends, and what the former one signed stays verified`() throws {
        try write(1)
        try sign()
        tenant.clock.advance(by: .seconds(700 * 86_400))
        try write(1)
        try sign()
        #expect(try certificates().count == 2)
        #expect(Set(tenant.store.contents.checkpoints.map(\.key)).count == 2)
        var verification = try verification(of: (tenant.store.contents.audit, tenant.store.contents.checkpoints))
        try verification.read(tenant.store.contents.audit)
        try verification.end()
    }

    @Test func `every line of an export comes back as it was`() throws {
        let log = try signedLog()
        let odd = AuditEntry(
            following: log.entries.last,
            at: tenant.clock.now,
            actor: "ä\"\\]\n",
            action: "x",
            subject: "\u{0}",
            detail: "🗝"
        )
        let lines =
            try certificates().map(AuditLine.certificate) + (log.entries + [odd]).map(AuditLine.entry)
            + log.checkpoints.map(AuditLine.checkpoint)
        for line in lines {
            let json = try line.json
            #expect(!json.contains("\n"))
            #expect(try AuditLine(json: json) == line)
        }
        #expect(throws: AuditLine.Malformed.self) { try AuditLine(json: "{\"type\":\"entry\"}") }
    }

    private typealias Log = (entries: [AuditEntry], checkpoints: [AuditCheckpoint])

    private func signedLog() throws -> Log {
        for _ in 0..<4 {
            try write(2)
            tenant.clock.advance(by: .seconds(301))
            try sign()
        }
        let contents = tenant.store.contents
        return (contents.audit, contents.checkpoints)
    }

    private func verification(of log: Log) throws -> AuditVerification {
        try AuditVerification(certificates: certificates(), checkpoints: log.checkpoints)
    }

    private func certificates() throws -> [Certificate] {
        try tenant.store.transact { try AuditSigning.certificates($0) }
    }

    @discardableResult
    private func sign(isForced: Bool = false) throws -> AuditCheckpoint? {
        try tenant.store.transact { try signing.sign($0, at: tenant.clock.now, isForced: isForced) }
    }

    private func write(_ count: Int) throws {
        for _ in 0..<count {
            try tenant.store.transact {
                try $0.audit(at: tenant.clock.now, actor: "tina", action: "flow.deploy", subject: "orders", detail: "")
            }
        }
    }
}
