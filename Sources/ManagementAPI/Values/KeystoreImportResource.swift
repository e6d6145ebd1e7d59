package import Foundation

/// Takes in a whole keystore, or says what would become of it (`POST /keystore/import`).
package struct ImportKeystore: Codable, Sendable {
    /// The file's octets: PKCS#12, JKS, JCEKS or PEM.
    package var file: Data
    /// The password of the file.
    package var password: String?
    /// The password of entries that have another one.
    package var keyPassword: String?
    /// False: nothing is changed, the answer says what would be.
    package var apply: Bool
    /// Whether aliases that are there get new versions; else they are left alone.
    package var replace: Bool
    /// Aliases by the names of entries.
    package var aliases: [String: String]
    /// Partners by the names of entries: whose the certificates without a private key are.
    package var partners: [String: String]
    /// Whose all the other ones are.
    package var partner: String?

    /// A summary of what would become of `file`.
    package init(file: Data, password: String?) {
        self.file = file
        self.password = password
        apply = false
        replace = false
        aliases = [:]
        partners = [:]
    }
}

/// What became, or would become, of a keystore.
package struct KeystoreImportResource: Codable, Sendable, Hashable {
    /// One entry.
    package struct Line: Codable, Sendable, Hashable {
        /// What the file calls it.
        package var entry: String
        /// The alias; nil when there is none for it.
        package var alias: String?
        /// `add`, `replace`, `renew`, `skip` or `refuse`.
        package var act: String
        /// The version that it becomes.
        package var version: Int?
        /// Why.
        package var reason: String
        /// SHA-256 of the certificate.
        package var fingerprint: String?
        /// The end of the certificate.
        package var notAfter: Date?

        /// What becomes of an entry.
        package init(entry: String, alias: String?, act: String, version: Int?, reason: String) {
            self.entry = entry
            self.alias = alias
            self.act = act
            self.version = version
            self.reason = reason
        }
    }

    /// `pem`, `der`, `pkcs7`, `pkcs12`, `jks` or `jceks`.
    package var format: String
    /// Whether it was done.
    package var applied: Bool
    /// The entries in the order of the file.
    package var lines: [Line]

    /// What became of a keystore.
    package init(format: String, applied: Bool, lines: [Line]) {
        self.format = format
        self.applied = applied
        self.lines = lines
    }
}
