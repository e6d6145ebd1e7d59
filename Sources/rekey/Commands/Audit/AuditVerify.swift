import ArgumentParser
import Cryptography
import Foundation
import Keystore
import ManagementAPI
import StoreSQLite

/// The command `rekey audit verify`.
struct AuditVerify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Verifies an exported audit log, or the one of a store, without the tenant.",
        discussion: """
            Checks every hash and every checkpoint's signature, and ends with status 1 at the first fault. Keep exports \
            elsewhere and name them with --known: a log that was rewritten, or cut off behind their checkpoints, is found.
            """
    )
    @Argument(help: "The file that `rekey audit export` wrote.") var file: String?
    @Option(help: "Verify the log in this SQLite file instead.") var store: String?
    @Option(help: "A certificate of the signing key in PEM, from where you trust it; may be repeated.")
    var certificate: [String] = []
    @Option(help: "An earlier export whose checkpoints the log must still have; may be repeated.")
    var known: [String] = []
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (file == nil) != (store == nil) else { throw ValidationError("name a file, or --store") }
    }

    func run() async throws {
        var log = try await AuditLog(file: file, store: store)
        for path in known { log.add(checkpointsOf: try AuditLog(file: path)) }
        let isTrusted = !certificate.isEmpty
        let certificates = try isTrusted ? certificate.flatMap(Self.certificates) : log.certificates
        do {
            var verification = try AuditVerification(certificates: certificates, checkpoints: log.checkpoints)
            try verification.read(log.entries)
            try verification.end()
            try output.show(AuditFinding(verification, certificates, isTrusted: isTrusted), as: \.text)
        } catch let fault as AuditVerification.Fault {
            throw Failure("\(fault)", hint: Self.hint(for: fault))
        }
    }

    private static func certificates(in path: String) throws -> [Certificate] {
        try Certificate.list(pem: FileInput.text(path))
    }

    private static func hint(for fault: AuditVerification.Fault) -> String {
        switch fault {
        case .unknownKey: "name the certificate of the tenant's signing key with --certificate; former ones too"
        default: "keep this file; compare it with earlier exports and with a backup of the store"
        }
    }
}

/// An audit log as it was read.
struct AuditLog {
    private static let pageLength = 10_000

    private(set) var entries: [AuditEntry] = []
    private(set) var checkpoints: [AuditCheckpoint] = []
    private(set) var certificates: [Certificate] = []

    /// Reads the one that is named.
    init(file: String?, store: String?) async throws {
        if let file {
            try self.init(file: file)
        } else {
            try await self.init(store: store ?? "")
        }
    }

    /// Reads an export.
    init(file: String) throws(Failure) {
        for (number, text) in try FileInput.text(file).split(separator: "\n").enumerated() {
            do throws(AuditLine.Malformed) {
                switch try AuditLine(json: String(text)) {
                case .certificate(let certificate): certificates.append(certificate)
                case .entry(let entry): entries.append(entry)
                case .checkpoint(let checkpoint): checkpoints.append(checkpoint)
                }
            } catch {
                throw Failure(
                    "line \(number + 1) of \(file) is no line of an audit log",
                    hint: "name a file that `rekey audit export --format jsonl` wrote, as it was written"
                )
            }
        }
    }

    /// Reads the log of a store.
    private init(store path: String) async throws {
        guard FileManager.default.fileExists(atPath: path) else {
            throw Failure("there is no \(path)", hint: "name the SQLite file of the tenant", status: .usage)
        }
        let store: any KeystoreStore = try SQLiteStore(path: path)
        while true {
            let last = entries.last?.sequence ?? 0
            let page = try await store.read { try $0.auditEntries(after: last, limit: Self.pageLength) }
            guard !page.isEmpty else { break }
            entries += page
        }
        checkpoints = try await store.read { try $0.auditCheckpoints(after: 0, limit: .max) }
        certificates = try await store.read { try AuditSigning.certificates($0) }
    }

    /// Holds this log to the checkpoints of another one.
    mutating func add(checkpointsOf other: AuditLog) {
        checkpoints += other.checkpoints
    }
}

/// What verifying found.
struct AuditFinding: Encodable {
    let first: Int
    let last: Int
    let lastHash: String
    let checkpoints: Int
    let lastSigned: Int?
    /// SHA-256 of each certificate that signatures were checked with.
    let keys: [String]
    /// Whether the certificates came from the person who verifies, not from the log.
    let keysWereGiven: Bool

    init(_ verification: AuditVerification, _ certificates: [Certificate], isTrusted: Bool) {
        first = verification.first
        last = verification.last
        lastHash = Hexadecimal.text(verification.lastHash)
        checkpoints = verification.checkpointCount
        lastSigned = verification.lastSigned
        keys = certificates.map(\.fingerprint)
        keysWereGiven = isTrusted
    }

    /// For people.
    var text: String {
        var lines = ["entries \(first) to \(last) hold together; the last one's hash is \(lastHash)"]
        if let lastSigned {
            lines.append("signed up to entry \(lastSigned), by \(checkpoints) checkpoint(s)")
            if lastSigned < last { lines.append("\(last - lastSigned) entries after that are not signed yet") }
        } else {
            lines.append("no checkpoint signs any of them: the hashes alone show no rewriting")
        }
        if !keysWereGiven, !keys.isEmpty {
            lines.append("the signing key's certificate came with the log: compare its fingerprint with the tenant's")
        }
        return (lines + keys.map { "signing key: \($0)" }).joined(separator: "\n")
    }
}
