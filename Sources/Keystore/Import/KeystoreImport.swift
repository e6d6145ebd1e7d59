package import Cryptography
package import FoundationEssentials

/// A whole keystore that is taken in: how, and what becomes of each entry.
package struct KeystoreImport: Sendable {
    /// What is done with entries whose alias is there.
    package enum Mode: String, Sendable, CaseIterable {
        /// Nothing.
        case add
        /// They become new versions, staged; renewed certificates are attached.
        case replace
    }

    /// What becomes of an entry.
    package enum Act: String, Sendable {
        /// A new alias.
        case add
        /// A new version of an alias, staged.
        case replace
        /// The new certificate of a version's key.
        case renew
        /// Left alone.
        case skip
        /// Not taken, for a reason.
        case refuse
    }

    /// What becomes of one entry.
    package struct Line: Hashable, Sendable {
        /// What the file calls it.
        package let entry: String
        /// The alias; `nil` when there is none for it.
        package let alias: KeyAlias?
        /// What is done.
        package let act: Act
        /// The version that it becomes; `nil` when nothing is done.
        package let version: Int?
        /// Why, for people.
        package let reason: String
        /// SHA-256 of the certificate; `nil` when it has none.
        package let fingerprint: String?
        /// The end of the certificate.
        package let notAfter: Date?
    }

    let entries: [KeyFile.Entry]
    let mode: Mode
    let aliases: [String: KeyAlias]
    let partners: [String: PartnerID]
    let partner: PartnerID?

    /// - Parameters:
    ///   - file: What is taken in.
    ///   - mode: What is done with aliases that are there.
    ///   - aliases: Aliases for entries by their names in the file; the others get the nearest alias to their name.
    ///   - partners: Whose the certificates without a private key are, by their names in the file.
    ///   - partner: Whose all the other ones are.
    package init(
        _ file: KeyFile,
        mode: Mode,
        aliases: [String: KeyAlias] = [:],
        partners: [String: PartnerID] = [:],
        partner: PartnerID? = nil
    ) {
        entries = file.entries
        self.mode = mode
        self.aliases = aliases
        self.partners = partners
        self.partner = partner
    }

    /// The alias for an entry: the one that was chosen, or its name in small letters with `-` for what is not allowed.
    func alias(for entry: KeyFile.Entry, at index: Int) -> KeyAlias? {
        guard let name = entry.name else { return KeyAlias(rawValue: "entry-\(index + 1)") }
        if let chosen = aliases[name] { return chosen }
        let text = name.lowercased().utf8
            .map { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || ".-_".utf8.contains($0) ? $0 : 0x2D }
        let start = text.drop { $0 == 0x2D || $0 == 0x2E || $0 == 0x5F }
        return KeyAlias(rawValue: String(decoding: start.prefix(64), as: UTF8.self))
    }
}
