package import Foundation

/// Asks for a private key, encrypted (`POST /keys/{alias}/exports`).
package struct RequestKeyExport: Codable, Sendable, Hashable {
    /// The version.
    package var version: Int
    /// What for; audited.
    package var reason: String

    /// A request for the private key of `version`.
    package init(version: Int, reason: String) {
        self.version = version
        self.reason = reason
    }
}

/// Two persons' decision to let a private key out.
package struct KeyExportResource: Codable, Sendable, Hashable {
    /// Its name.
    package var id: String
    /// The key.
    package var alias: String
    /// The version.
    package var version: Int
    /// `requested`, `approved`, `collected` or `lapsed`.
    package var status: String
    /// What for.
    package var reason: String
    /// Who asked, and will collect.
    package var requestedBy: String
    /// When.
    package var requestedAt: Date
    /// Who approved; nil while nobody has.
    package var approvedBy: String?
    /// Until when its next act is possible.
    package var end: Date

    /// A decision without its approval.
    package init(
        id: String,
        alias: String,
        version: Int,
        status: String,
        reason: String,
        requestedBy: String,
        requestedAt: Date,
        end: Date
    ) {
        self.id = id
        self.alias = alias
        self.version = version
        self.status = status
        self.reason = reason
        self.requestedBy = requestedBy
        self.requestedAt = requestedAt
        self.end = end
    }
}

/// Collects an approved private key (`POST /exports/{id}/collect`).
package struct CollectKeyExport: Codable, Sendable {
    /// How the key is written.
    package enum Form: String, Codable, Sendable, CaseIterable {
        /// Key and certificates in one PKCS#12 file.
        case pkcs12
        /// The key as encrypted PKCS#8 in PEM, its certificates after it.
        case pkcs8
    }

    /// How the key is written.
    package var form: Form
    /// What it is encrypted under: 12 characters at least.
    package var password: String

    /// Collects in `form`.
    package init(form: Form, password: String) {
        self.form = form
        self.password = password
    }
}

/// A private key, encrypted.
package struct CollectedKey: Codable, Sendable, Hashable {
    /// The octets of the file.
    package var file: Data

    /// A file to write.
    package init(file: Data) { self.file = file }
}
