import Foundation
import Keystore
import ManagementAPI
import TestSupport
import Testing

@Suite struct ManagementCodingTests {
    @Test("A moment keeps its millisecond through its text")
    func milliseconds() throws {
        var random = SeededGenerator(seed: 7)
        for _ in 0..<2_000 {
            let milliseconds = Int.random(in: 0...4_000_000_000_000, using: &random)
            let text = ManagementCoding.text(of: Date(timeIntervalSince1970: Double(milliseconds) / 1000))
            let read = try #require(ManagementCoding.moment(in: text))
            #expect(Int((read.timeIntervalSince1970 * 1000).rounded()) == milliseconds, "seed \(random.seed), \(text)")
        }
    }

    @Test("An audit entry verifies after it was written as JSON and read again")
    func auditEntry() throws {
        var (previous, entries): (AuditEntry?, [AuditEntry]) = (nil, [])
        for count in 0..<50 {
            let at = Date(timeIntervalSince1970: 1_795_228_474.177 + Double(count) * 0.0137)
            let entry = AuditEntry(following: previous, at: at, actor: "a", action: "b", subject: "c", detail: "d")
            let octets = try ManagementCoding.encode(entry.at)
            let read = try ManagementCoding.decode(Date.self, from: octets)
            entries.append(
                AuditEntry(
                    sequence: entry.sequence,
                    at: read,
                    actor: "a",
                    action: "b",
                    subject: "c",
                    detail: "d",
                    previousHash: entry.previousHash,
                    hash: entry.hash
                )
            )
            previous = entry
        }
        #expect(throws: Never.self) { try AuditChain.verify(entries) }
    }
}
