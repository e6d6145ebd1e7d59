package import Cryptography
import FoundationEssentials

/// Where a private key lies that is not here: in a token, which never lets it out.
package struct TokenKey: Hashable, Sendable {
    /// The most octets of an identifier.
    package static let identifierLimit = 255

    /// The token.
    package let token: TokenName
    /// What the token knows the key by (`CKA_ID`).
    package let identifier: [UInt8]
    /// What people know it by (`CKA_LABEL`); may be empty.
    package let label: String
    /// The public half, so that the token is asked only when there is something to compute.
    package let publicKey: PublicKey

    /// A key of `token`.
    package init(token: TokenName, identifier: [UInt8], label: String, publicKey: PublicKey) {
        self.token = token
        self.identifier = identifier
        self.label = label
        self.publicKey = publicKey
    }
}

extension TokenKey {
    /// As a store keeps it: JSON.
    package var text: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    /// Reads what ``text`` wrote; `nil` when it is none.
    package init?(text: String) {
        guard let key = try? JSONDecoder().decode(Self.self, from: Data(text.utf8)) else { return nil }
        self = key
    }
}

extension TokenKey: Codable {
    private enum CodingKeys: String, CodingKey {
        case token, identifier, label, publicKey
    }

    /// Reads `{token, identifier, label, publicKey}`: the identifier in hexadecimal, the key as SubjectPublicKeyInfo in Base64.
    package init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        guard let identifier = Hexadecimal.octets(try fields.decode(String.self, forKey: .identifier)),
            (1...Self.identifierLimit).contains(identifier.count)
        else {
            throw DecodingError.dataCorruptedError(forKey: .identifier, in: fields, debugDescription: "no identifier")
        }
        try self.init(
            token: fields.decode(TokenName.self, forKey: .token),
            identifier: identifier,
            label: fields.decode(String.self, forKey: .label),
            publicKey: PublicKey(spki: [UInt8](fields.decode(Data.self, forKey: .publicKey)))
        )
    }

    /// Writes the same.
    package func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encode(token, forKey: .token)
        try fields.encode(Hexadecimal.text(identifier), forKey: .identifier)
        try fields.encode(label, forKey: .label)
        try fields.encode(Data(publicKey.spki), forKey: .publicKey)
    }
}

extension TokenKey: CustomStringConvertible {
    /// For people: token, label and identifier.
    package var description: String {
        let name = label.isEmpty ? "" : "'\(label)', "
        return "the token '\(token)', \(name)id \(Hexadecimal.text(identifier))"
    }
}
