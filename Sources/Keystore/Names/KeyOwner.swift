/// Who holds the private half of a key.
package enum KeyOwner: Hashable, Sendable {
    /// The tenant itself.
    case tenant
    /// A partner, whose certificate is known here.
    case partner(PartnerID)
}

extension KeyOwner: RawRepresentable, Codable {
    /// `tenant`, or `partner:` and its name.
    package init?(rawValue: String) {
        if rawValue == "tenant" {
            self = .tenant
        } else if rawValue.hasPrefix("partner:"), let partner = PartnerID(rawValue: String(rawValue.dropFirst(8))) {
            self = .partner(partner)
        } else {
            return nil
        }
    }

    /// `tenant`, or `partner:` and its name.
    package var rawValue: String {
        switch self {
        case .tenant: "tenant"
        case .partner(let partner): "partner:\(partner)"
        }
    }
}

extension KeyOwner: CustomStringConvertible {
    /// For people.
    package var description: String {
        switch self {
        case .tenant: "the tenant"
        case .partner(let partner): "the partner '\(partner)'"
        }
    }
}
