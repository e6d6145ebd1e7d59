import Foundation
import GRDB
import TestSupport
import Testing

/// `rekey audit` of a running tenant, and without one.
@Suite("The audit log on the command line")
struct AuditCommandTests {
    /// A reason that has what each of the forms has to escape.
    private static let reason = #"a "quoted" [reason] \ of two\#nlines, über"#

    @Test("Listed, exported in both forms, read back and verified; changed lines are named")
    func exports() throws {
        let program = try Program()
        defer { program.remove() }
        let tenant = try Self.start(program)
        let run = { try program.run($0, as: "first", at: tenant) }
        try Self.act(run)

        let listed = try run(["audit", "list", "-o", "json"])
        let entries = try JSONDecoder().decode([Listed].self, from: Data(listed.output.utf8))
        #expect(entries.map(\.sequence) == Array(1...entries.count))
        let reasoned = try #require(entries.first { $0.action == "key.exchange-reason" })
        #expect(reasoned.detail == Self.reason && reasoned.actor.hasPrefix("first (tenantAdministrator"))
        let page = try run(["audit", "list", "--after", "2", "--limit", "2"]).output.split(separator: "\n")
        #expect(page.count == 3 && page[1].hasPrefix("3 ") && page[2].hasPrefix("4 "))

        #expect(try run(["audit", "export", "-o", "audit.jsonl"]).status == 0)
        let lines = try Self.text(program, "audit.jsonl").split(separator: "\n").map(String.init)
        let records = try lines.map { try JSONDecoder().decode(Record.self, from: Data($0.utf8)) }
        #expect(records.first?.type == "certificate" && records.last?.type == "checkpoint")
        let exported = records.filter { $0.type == "entry" }
        #expect(exported.prefix(entries.count).map(\.sequence) == entries.map(\.sequence))
        #expect(exported.prefix(entries.count).map(\.detail) == entries.map(\.detail))
        #expect(zip(exported, exported.dropFirst()).allSatisfy { $0.hash == $1.previousHash })

        #expect(try run(["key", "certificate", "rekey-audit", "--file", "audit.pem"]).status == 0)
        let sound = try program.run("audit", "verify", "audit.jsonl", "--certificate", "audit.pem")
        #expect(sound.status == 0 && sound.output.contains("entries 1 to \(exported.count) hold together"))
        #expect(sound.output.contains("signed up to entry \(exported.count)"))
        #expect(!sound.output.contains("compare its fingerprint"))

        #expect(
            try run(["audit", "export", "--format", "syslog", "--host", "tenant.example", "-o", "audit.log"]).status
                == 0
        )
        let messages = try Self.text(program, "audit.log").split(separator: "\n").map { try Syslog(String($0)) }
        #expect(messages.count > exported.count, "the first export is an entry itself")
        for (message, record) in zip(messages, exported) {
            #expect(message.priority == (record.action?.hasSuffix(".refused") == true ? 108 : 109))
            #expect(message.host == "tenant.example" && message.application == "rekey")
            #expect(message.moment == record.at && message.data["sequence"] == record.sequence.map(String.init))
            let pictured = record.detail?.replacing("\n", with: "\u{240A}")
            #expect(message.data["detail"] == pictured && message.data["hash"] == record.hash)
        }
        #expect(tenant.terminate() == 0)
        try tamper(program, lines, exported)
    }

    /// Each change of an export is found, and the entry named.
    private func tamper(_ program: Program, _ lines: [String], _ exported: [Record]) throws {
        let place = try #require(lines.firstIndex { $0.contains("key.exchange-reason") })
        let sequence = try #require(try JSONDecoder().decode(Record.self, from: Data(lines[place].utf8)).sequence)
        var changed = lines
        changed[place] = changed[place].replacing("über", with: "unter")
        var missing = lines
        missing.remove(at: place)
        var swapped = lines
        swapped.swapAt(place, place - 1)
        let cut = Array(lines.prefix(place))
        for (name, lines, words) in [
            ("changed", changed, "entry \(sequence) of the audit log was changed"),
            ("missing", missing, "entry \(sequence) of the audit log is missing"),
            ("swapped", swapped, "of the audit log is missing"),
        ] {
            try program.file(name, lines.joined(separator: "\n"))
            let found = try program.run("audit", "verify", name)
            #expect(found.status == 1 && found.diagnosis.contains(words), "\(name): \(found.diagnosis)")
            #expect(found.diagnosis.contains("rekey: hint: "))
        }
        try program.file("cut", cut.joined(separator: "\n"))
        let found = try program.run("audit", "verify", "cut", "--known", "audit.jsonl")
        #expect(found.status == 1 && found.diagnosis.contains("its end was cut off"), "\(found.diagnosis)")
        let other = try program.run("audit", "verify", "stranger")
        #expect(other.status != 0 && other.diagnosis.contains("stranger"))
    }

    @Test("Whoever changes the store is found without the tenant, and the entry is named")
    func store() throws {
        let program = try Program()
        defer { program.remove() }
        let tenant = try Self.start(program)
        let run = { try program.run($0, as: "first", at: tenant) }
        try Self.act(run)
        #expect(try run(["audit", "export", "-o", "kept.jsonl"]).status == 0)
        #expect(tenant.terminate() == 0)
        let verify = ["audit", "verify", "--store", "tenant.sqlite", "--known", "kept.jsonl"]
        #expect(try program.run(verify).status == 0)
        let path = program.folder.appending(path: "tenant.sqlite").path
        for (change, words) in [
            ("UPDATE audit SET actor = 'nobody' WHERE sequence = 3", "entry 3 of the audit log was changed"),
            (
                "PRAGMA foreign_keys = OFF; DELETE FROM audit WHERE sequence = 5",
                "entry 5 of the audit log is missing"
            ),
        ] {
            let copy = "\(path).\(words.count)"
            try Self.change(path, copy, change)
            let found = try program.run("audit", "verify", "--store", copy)
            #expect(found.status == 1 && found.diagnosis.contains(words), "\(change): \(found.diagnosis)")
        }
        #expect(try program.run(verify).status == 0)
    }

    /// A copy of the store in which somebody did away with the triggers and changed a row.
    private static func change(_ path: String, _ copy: String, _ sql: String) throws {
        let source = try DatabaseQueue(path: path)
        try source.writeWithoutTransaction { try $0.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
        try source.close()
        try FileManager.default.copyItem(atPath: path, toPath: copy)
        let queue = try DatabaseQueue(path: copy)
        try queue.writeWithoutTransaction { database in
            try database.execute(sql: "DROP TRIGGER audit_is_unchanged; DROP TRIGGER audit_is_kept; \(sql)")
        }
        try queue.close()
    }

    private static func start(_ program: Program) throws -> RunningTenant {
        try PlainTenant.prepare(program, flow: flow)
        return try RunningTenant(program, configuration: "tenant.yaml")
    }

    /// Some entries, a refusal among them.
    private static func act(_ run: ([String]) throws -> Program.Ending) throws {
        for _ in 0..<2 { #expect(try run(["key", "create", "orders-sign", "--kind", "p-256"]).status == 0) }
        #expect(try run(["key", "exchange", "orders-sign", "--reason", reason]).status == 0)
        #expect(try run(["renewal", "plan", "orders-sign", "--save"]).status == 1)
    }

    private static func text(_ program: Program, _ name: String) throws -> String {
        try String(contentsOf: program.folder.appending(path: name), encoding: .utf8)
    }

    private static let flow = """
        id: orders
        pattern: requestReply
        sender: {partner: sender, path: /in/orders, request: {}, response: {}}
        receiver: {partner: receiver, url: "http://127.0.0.1:9/", request: {}, response: {}}
        """
}

/// An entry as `rekey audit list` shows it.
private struct Listed: Decodable {
    let sequence: Int
    let actor: String
    let action: String
    let detail: String
}

/// A line of an export.
private struct Record: Decodable {
    let type: String
    let sequence: Int?
    let at: String?
    let action: String?
    let detail: String?
    let previousHash: String?
    let hash: String?
}

/// A message of RFC 5424, read by its grammar (section 6).
private struct Syslog {
    struct Malformed: Error { let line: String }

    let priority: Int
    let moment: String
    let host: String
    let application: String
    var data: [String: String] = [:]

    init(_ line: String) throws {
        let header = /<(\d{1,3})>1 (\S+) (\S+) (\S+) (\S+) (\S{1,32}) \[audit@\d+/
        guard let match = line.prefixMatch(of: header), let priority = Int(match.output.1) else {
            throw Malformed(line: line)
        }
        self.priority = priority
        (moment, host, application) = (String(match.output.2), String(match.output.3), String(match.output.4))
        var rest = line[match.range.upperBound...]
        while let parameter = rest.prefixMatch(of: #/ ([A-Za-z]{1,32})="((?:[^"\\\]]|\\["\\\]])*)"/#) {
            let value = String(parameter.output.2).replacing(/\\(["\\\]])/) { String($0.output.1) }
            data[String(parameter.output.1)] = value
            rest = rest[parameter.range.upperBound...]
        }
        guard rest.hasPrefix("] \u{FEFF}") else { throw Malformed(line: line) }
    }
}
