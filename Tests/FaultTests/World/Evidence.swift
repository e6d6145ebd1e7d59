import Foundation
import GRDB

/// The tenant's durable state, read from a copy of its files.
struct Evidence {
    /// The state of each stored message, by its sender's name.
    let states: [String: String]
    /// What SQLite finds wrong with the file.
    let damage: [String]

    /// Copies the store of `folder`, write-ahead log included, as it lies there, and reads the copy.
    init(of folder: URL) throws {
        let copy = FileManager.default.temporaryDirectory.appending(path: "rekey-evidence-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: copy, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: copy) }
        for name in ["tenant.sqlite", "tenant.sqlite-wal"] {
            let file = folder.appending(path: name)
            guard FileManager.default.fileExists(atPath: file.path) else { continue }
            try FileManager.default.copyItem(at: file, to: copy.appending(path: name))
        }
        let database = try DatabaseQueue(path: copy.appending(path: "tenant.sqlite").path)
        (states, damage) = try database.read { database in
            let rows = try Row.fetchAll(database, sql: "SELECT message_id, state FROM message")
            let pairs = rows.map { ($0["message_id"] as String, $0["state"] as String) }
            let verdict = try String.fetchAll(database, sql: "PRAGMA integrity_check")
            return (Dictionary(pairs) { $1 }, verdict.filter { $0 != "ok" })
        }
        try database.close()
    }
}
