package import Foundation

/// What to export of the audit log (`POST /audit/exports`): the export itself is an entry of the log.
package struct ExportAudit: Codable, Sendable, Hashable {
    /// The form, for the audit log: `jsonl` or `syslog`.
    package var format: String
    /// The first entry; the log's first when `nil`.
    package var first: Int?
    /// The last entry; the log's last when `nil`.
    package var last: Int?

    /// An export of the entries from `first` to `last`.
    package init(format: String, first: Int? = nil, last: Int? = nil) {
        self.format = format
        self.first = first
        self.last = last
    }
}

/// What an export holds: its entries and checkpoints are read page by page.
package struct AuditExport: Codable, Sendable, Hashable {
    /// The first entry.
    package var first: Int
    /// The last entry.
    package var last: Int
    /// The certificates of the signing key, former ones first, in PEM.
    package var certificates: [String]

    /// An export of the entries from `first` to `last`.
    package init(first: Int, last: Int, certificates: [String]) {
        self.first = first
        self.last = last
        self.certificates = certificates
    }
}

/// A signed checkpoint of the audit log (`GET /audit/checkpoints`).
package struct AuditCheckpointResource: Codable, Sendable, Hashable {
    /// The entry up to which the log is signed.
    package var sequence: Int
    /// The hash of that entry, hexadecimal.
    package var hash: String
    /// When it was signed.
    package var at: Date
    /// SHA-256 of the signing key's certificate, hexadecimal.
    package var key: String
    /// The signature, hexadecimal.
    package var signature: String

    /// A checkpoint.
    package init(sequence: Int, hash: String, at: Date, key: String, signature: String) {
        self.sequence = sequence
        self.hash = hash
        self.at = at
        self.key = key
        self.signature = signature
    }
}
