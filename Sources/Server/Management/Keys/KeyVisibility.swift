import Keystore

/// Which keys a person may see.
enum KeyVisibility {
    /// The tenant's roles see all.
    case all
    /// A partner's administrators see the partner's own certificates, and the keys of flows with that partner.
    case partner(String, aliases: Set<KeyAlias>)

    /// Whether the versions of one alias are shown.
    func includes(_ versions: [KeyVersion]) -> Bool {
        guard let first = versions.first else { return false }
        switch self {
        case .all: return true
        case .partner(let organisation, let aliases):
            return aliases.contains(first.id.alias) || first.owner.isPartner(organisation)
        }
    }
}

extension KeyOwner {
    fileprivate func isPartner(_ organisation: String) -> Bool {
        switch self {
        case .tenant: false
        case .partner(let partner): partner.rawValue == organisation
        }
    }
}
