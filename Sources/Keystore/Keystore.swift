/// What the keystore refuses.
package enum KeystoreError: Error, Hashable, Sendable {
    /// Not `[a-z0-9][a-z0-9._-]{0,63}`.
    case invalidName(String)
}

/// The name of a key for ever; flows refer to aliases only: `[a-z0-9][a-z0-9._-]{0,63}`.
package struct KeyAlias: RawRepresentable, Hashable, Codable, Sendable, CustomStringConvertible {
    package let rawValue: String

    package init(_ name: String) throws(KeystoreError) {
        guard let alias = KeyAlias(rawValue: name) else { throw .invalidName(name) }
        self = alias
    }

    package init?(rawValue: String) {
        guard isName(rawValue) else { return nil }
        self.rawValue = rawValue
    }

    package var description: String { rawValue }
}

/// The name of a partner: `[a-z0-9][a-z0-9._-]{0,63}`.
package struct PartnerID: RawRepresentable, Hashable, Codable, Sendable, CustomStringConvertible {
    package let rawValue: String

    package init(_ name: String) throws(KeystoreError) {
        guard let partner = PartnerID(rawValue: name) else { throw .invalidName(name) }
        self = partner
    }

    package init?(rawValue: String) {
        guard isName(rawValue) else { return nil }
        self.rawValue = rawValue
    }

    package var description: String { rawValue }
}

/// Whose key it is.
package enum KeyOwner: Hashable, Codable, Sendable {
    case tenant
    case partner(PartnerID)
}

/// One version of an alias, numbered from 1.
package struct KeyVersionID: Hashable, Codable, Sendable {
    package let alias: KeyAlias
    package let number: Int

    package init(alias: KeyAlias, number: Int) {
        self.alias = alias
        self.number = number
    }
}

/// What the keystore needs from one store transaction.
package protocol KeystoreTransaction {}

private func isName(_ text: String) -> Bool {
    guard let first = text.utf8.first, text.utf8.count <= 64, first != 0x2E, first != 0x5F, first != 0x2D else {
        return false
    }
    return text.utf8.allSatisfy { octet in
        switch octet {
        case 0x30...0x39, 0x61...0x7A, 0x2E, 0x5F, 0x2D: true
        default: false
        }
    }
}
