import Cryptography
import Foundation
import Keystore
import StoreSQLite

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
