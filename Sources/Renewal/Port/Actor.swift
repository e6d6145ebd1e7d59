/// Who may act in a renewal: the four roles of the procedures, and the system itself.
package enum Role: String, Hashable, Codable, Sendable, CaseIterable {
    case tenantAdministrator
    case integrationDeveloper
    case senderAdministrator
    case receiverAdministrator
    /// What the coordinator does by itself: informs, checks and clocks. No person holds this role.
    case system
}

/// A person (or the system) who acts, with the one role and the one organisation that the act is judged by.
package struct Actor: Hashable, Codable, Sendable, CustomStringConvertible {
    /// The authenticated name.
    package let name: String
    /// The role that the person acts in.
    package let role: Role
    /// The organisation that the person belongs to: the tenant's own, or a partner's identifier.
    package let organisation: String

    package init(name: String, role: Role, organisation: String) {
        self.name = name
        self.role = role
        self.organisation = organisation
    }

    /// `name (role, organisation)`, for the audit log.
    package var description: String { "\(name) (\(role.rawValue), \(organisation))" }

    /// Whether this person holds what `party` asks for.
    package func holds(_ party: Party) -> Bool {
        role == party.role && organisation == party.organisation
    }
}

/// A role at one organisation: who has to act, or whom a notification is for.
package struct Party: Hashable, Codable, Sendable, CustomStringConvertible {
    /// The role asked for.
    package let role: Role
    /// The organisation asked for.
    package let organisation: String

    package init(role: Role, organisation: String) {
        self.role = role
        self.organisation = organisation
    }

    /// `role of organisation`, for texts that people read.
    package var description: String { "\(role.words) of \(organisation)" }

    /// As `description`, without the name of a partner of whom `actor`, at another partner, is not to know.
    func named(to actor: Actor) -> String {
        let isHidden = actor.role.isPartners && role.isPartners && organisation != actor.organisation
        return isHidden ? "\(role.words) of another partner" : description
    }
}

extension Role {
    /// Whether it is held at partners, not at the tenant.
    var isPartners: Bool { self == .senderAdministrator || self == .receiverAdministrator }

    /// The role in words, as the procedures write it.
    package var words: String {
        switch self {
        case .tenantAdministrator: "tenant administrator"
        case .integrationDeveloper: "integration developer"
        case .senderAdministrator: "sender administrator"
        case .receiverAdministrator: "receiver administrator"
        case .system: "system"
        }
    }
}
