package import Foundation

/// Asks for a backup of the keys (`POST /keystore/backup`).
package struct BackUpKeystore: Codable, Sendable {
    /// What it is sealed under: 12 characters at least.
    package var passphrase: String
    /// One alias; nil for all.
    package var alias: String?

    /// A backup under `passphrase`.
    package init(passphrase: String, alias: String? = nil) {
        self.passphrase = passphrase
        self.alias = alias
    }
}

/// A backup: private keys in it are sealed under the master key as well.
package struct BackupResource: Codable, Sendable {
    /// The octets of the file.
    package var file: Data
    /// How many versions are in it.
    package var versions: Int
    /// Of how many of them the private key is not in it, as it lies in a token; nil when of none.
    package var inTokens: Int?

    /// A file to write.
    package init(file: Data, versions: Int, inTokens: Int? = nil) {
        self.file = file
        self.versions = versions
        self.inTokens = inTokens
    }
}

/// Brings keys back, or says what would come back (`POST /keystore/restore`).
package struct RestoreKeystore: Codable, Sendable {
    /// The octets of the backup.
    package var file: Data
    /// What it is sealed under.
    package var passphrase: String
    /// One alias; nil for all.
    package var alias: String?
    /// False: nothing is changed, the answer says what would be.
    package var apply: Bool

    /// The diff between `file` and the keystore.
    package init(file: Data, passphrase: String, alias: String? = nil, apply: Bool = false) {
        self.file = file
        self.passphrase = passphrase
        self.alias = alias
        self.apply = apply
    }
}

/// What came back, or would.
package struct RestoreResource: Codable, Sendable, Hashable {
    /// One version of the backup, or its assignment to one partner.
    package struct Line: Codable, Sendable, Hashable {
        /// The key.
        package var alias: String
        /// The version.
        package var version: Int
        /// `add`, `same`, `keep` or `refuse`.
        package var act: String
        /// Its state in the backup.
        package var backedUp: String
        /// Its state here afterwards; nil when it is not here.
        package var state: String?
        /// Why.
        package var reason: String
        /// Whose messages the version is assigned to; nil when the line is about the version itself.
        package var partner: String?

        /// What becomes of a version.
        package init(alias: String, version: Int, act: String, backedUp: String, state: String?, reason: String) {
            self.alias = alias
            self.version = version
            self.act = act
            self.backedUp = backedUp
            self.state = state
            self.reason = reason
        }
    }

    /// When the backup was made.
    package var madeAt: Date
    /// Whether it was done.
    package var applied: Bool
    /// The versions by alias and number.
    package var lines: [Line]

    /// What became of a backup.
    package init(madeAt: Date, applied: Bool, lines: [Line]) {
        self.madeAt = madeAt
        self.applied = applied
        self.lines = lines
    }
}

/// How a rotation of the master key went (`POST /master-key/rotate`).
package struct RotationResource: Codable, Sendable, Hashable {
    /// Private keys that were sealed anew.
    package var keys: Int
    /// Stored messages that were sealed anew.
    package var messages: Int
    /// Archived messages that were sealed anew.
    package var files: Int

    /// What was sealed anew.
    package init(keys: Int, messages: Int, files: Int) {
        self.keys = keys
        self.messages = messages
        self.files = files
    }
}
