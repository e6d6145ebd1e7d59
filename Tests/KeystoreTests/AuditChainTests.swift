import Foundation
import Keystore
import Testing

@Suite struct AuditChainTests {
    private static func log(_ count: Int) -> [AuditEntry] {
        var entries: [AuditEntry] = []
        for number in 0..<count {
            entries.append(
                AuditEntry(
                    following: entries.last,
                    at: Date(timeIntervalSince1970: 1_800_000_000.123_456 + Double(number)),
                    actor: "tina",
                    action: "key.exchange",
                    subject: "orders version \(number)",
                    detail: ""
                )
            )
        }
        return entries
    }

    @Test func `a sound log is verified, whole or from a checkpoint on`() throws {
        let log = Self.log(5)
        #expect(try AuditChain.verify([]) == [UInt8](repeating: 0, count: 32))
        #expect(try AuditChain.verify(log) == log[4].hash)
        #expect(try AuditChain.verify(Array(log[2...]), after: log[1]) == log[4].hash)
    }

    @Test func `an entry survives encoding`() throws {
        let log = Self.log(2)
        let again = try JSONDecoder().decode([AuditEntry].self, from: JSONEncoder().encode(log))
        #expect(again == log)
        try AuditChain.verify(again)
    }

    @Test func `a missing, moved or foreign entry is found`() throws {
        var log = Self.log(5)
        let third = log.remove(at: 2)
        #expect(throws: AuditChain.Fault.gap(sequence: 3)) { try AuditChain.verify(log) }
        log.insert(third, at: 3)
        #expect(throws: AuditChain.Fault.gap(sequence: 3)) { try AuditChain.verify(log) }
        let other = AuditEntry(
            following: Self.log(1)[0],
            at: .distantPast,
            actor: "x",
            action: "y",
            subject: "z",
            detail: ""
        )
        #expect(throws: AuditChain.Fault.brokenLink(sequence: 3)) {
            try AuditChain.verify(Array(Self.log(1)) + [other] + Array(Self.log(5)[2...]))
        }
        #expect(throws: AuditChain.Fault.gap(sequence: 1)) { try AuditChain.verify(Array(Self.log(5)[1...])) }
    }

    @Test func `every changed part is found`() throws {
        let log = Self.log(3)
        let entry = log[1]
        let parts: [(Date, String, String, String, String, [UInt8])] = [
            (entry.at + 0.001, entry.actor, entry.action, entry.subject, entry.detail, entry.hash),
            (entry.at, "tom", entry.action, entry.subject, entry.detail, entry.hash),
            (entry.at, entry.actor, "key.destroy", entry.subject, entry.detail, entry.hash),
            (entry.at, entry.actor, entry.action, "x", entry.detail, entry.hash),
            (entry.at, entry.actor, entry.action, entry.subject, "x", entry.hash),
            (entry.at, entry.actor, entry.action, entry.subject, entry.detail, entry.hash.reversed()),
            // The parts' borders count, not only their octets.
            (entry.at, "tin", "akey.exchange", entry.subject, entry.detail, entry.hash),
        ]
        for (at, actor, action, subject, detail, hash) in parts {
            let changed = AuditEntry(
                sequence: 2,
                at: at,
                actor: actor,
                action: action,
                subject: subject,
                detail: detail,
                previousHash: entry.previousHash,
                hash: hash
            )
            #expect(throws: AuditChain.Fault.altered(sequence: 2)) {
                try AuditChain.verify([log[0], changed, log[2]])
            }
        }
    }
}
