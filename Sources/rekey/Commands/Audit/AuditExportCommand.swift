import ArgumentParser
import Cryptography
import Foundation
import Keystore
import ManagementAPI

/// The command `rekey audit export`.
struct AuditExportCommand: AsyncParsableCommand {
    /// The forms of an export.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case jsonl
        case syslog
    }

    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Writes the audit log to a file, with its signed checkpoints.",
        discussion: """
            jsonl is verified with `rekey audit verify FILE`; syslog is RFC 5424 with structured data, one message a line, \
            for collectors. The export itself is an entry of the log.
            """
    )
    @Option(help: "jsonl or syslog.") var format = Format.jsonl
    @Option(name: [.customShort("o"), .long], help: "The file to write; else standard output.") var file: String?
    @Option(help: "The first entry.") var from: Int?
    @Option(help: "The last entry.") var to: Int?
    @Option(help: "Begin with the first entry of this moment or later, such as 2026-01-31T10:00:00Z.")
    var since: String?
    @Option(help: "End before the first entry of this moment or later.") var until: String?
    @Option(help: "HOSTNAME of the syslog messages.") var host = ProcessInfo.processInfo.hostName
    @Option(help: "The IANA enterprise number of the structured data's name; 32473 is the one for examples.")
    var enterprise = 32_473
    @OptionGroup var server: ServerOptions

    func run() async throws {
        let since = try since.map { text throws(Failure) in try Moment(text).date }
        let until = try until.map { text throws(Failure) in try Moment(text).date }
        let sink = try LineSink(file)
        try await server.withClient { client in
            let request = ExportAudit(format: format.rawValue, first: from, last: to)
            let export = try await client.exportAudit(request)
            let reader = AuditReader(client: client, export: export, since: since, until: until)
            try await write(export, reader, to: sink)
        }
        try sink.close()
    }

    private func write(_ export: AuditExport, _ reader: AuditReader, to sink: LineSink) async throws {
        let syslog = SyslogLine(host: host, enterprise: enterprise)
        if format == .jsonl {
            for pem in export.certificates {
                for certificate in try Certificate.list(pem: pem) {
                    try sink.write(AuditLine.certificate(certificate).json)
                }
            }
        }
        var checkpoints = try await reader.checkpoints()[...]
        try await reader.entries { entry in
            switch format {
            case .syslog: try sink.write(syslog.text(of: entry))
            case .jsonl:
                try sink.write(AuditLine.entry(entry).json)
                while let next = checkpoints.first, next.sequence <= entry.sequence {
                    checkpoints.removeFirst()
                    if next.sequence == entry.sequence { try sink.write(AuditLine.checkpoint(next).json) }
                }
            }
        }
    }
}

/// Reads the range of an export page by page.
struct AuditReader {
    let client: ManagementClient
    let export: AuditExport
    let since: Date?
    let until: Date?

    /// Hands each entry of the range on, in order.
    func entries(_ take: (AuditEntry) throws -> Void) async throws {
        var (last, hasBegun) = (export.first - 1, since == nil)
        while last < export.last {
            let page = try await client.audit(after: last)
            guard let end = page.last?.sequence else { return }
            last = end
            for entry in page where entry.sequence <= export.last {
                if let until, entry.at >= until, hasBegun { return }
                if let since, entry.at >= since { hasBegun = true }
                if hasBegun { try take(AuditEntry(entry)) }
            }
        }
    }

    /// The checkpoints of the range.
    func checkpoints() async throws -> [AuditCheckpoint] {
        var (found, last) = ([AuditCheckpoint](), export.first - 1)
        while last < export.last {
            let page = try await client.auditCheckpoints(after: last)
            guard let end = page.last?.sequence else { break }
            last = end
            found += page.filter { $0.sequence <= export.last }.map(AuditCheckpoint.init)
        }
        return found
    }
}

extension AuditEntry {
    /// The entry that the tenant showed.
    init(_ resource: AuditResource) {
        self.init(
            sequence: resource.sequence,
            at: resource.at,
            actor: resource.actor,
            action: resource.action,
            subject: resource.subject,
            detail: resource.detail,
            previousHash: Hexadecimal.octets(resource.previousHash) ?? [],
            hash: Hexadecimal.octets(resource.hash) ?? []
        )
    }
}

extension AuditCheckpoint {
    /// The checkpoint that the tenant showed.
    init(_ resource: AuditCheckpointResource) {
        self.init(
            sequence: resource.sequence,
            hash: Hexadecimal.octets(resource.hash) ?? [],
            at: resource.at,
            key: Hexadecimal.octets(resource.key) ?? [],
            signature: Hexadecimal.octets(resource.signature) ?? []
        )
    }
}
