package import Keystore

/// One place where an alias is used: what where-used found in configuration and ledger, given to the planner.
package struct KeyUsage: Hashable, Codable, Sendable {
    /// What the tenant does with the key.
    package enum Purpose: String, Hashable, Codable, Sendable, CaseIterable {
        case sign
        case verify
        case encrypt
        case decrypt
    }

    /// Whose exchange it is, seen from the tenant: `inbound` is started by a sender, `outbound` by the tenant.
    package enum Side: String, Hashable, Codable, Sendable, CaseIterable {
        case inbound
        case outbound
    }

    /// The alias that the flow refers to.
    package let alias: KeyAlias
    /// What the tenant does with it there.
    package let purpose: Purpose
    /// The integration flow that refers to it.
    package let flow: String
    /// Whose exchange it is.
    package let side: Side
    /// The other party of the exchange.
    package let partner: PartnerID

    package init(alias: KeyAlias, purpose: Purpose, flow: String, side: Side, partner: PartnerID) {
        self.alias = alias
        self.purpose = purpose
        self.flow = flow
        self.side = side
        self.partner = partner
    }

    /// The case of the procedures that renewing the alias at this place is.
    package var useCase: UseCaseName { UseCaseName(purpose: purpose, side: side) }
}

/// How many keys a partner's system can handle at the same time, as the planner is told.
package struct PartnerCapability: Hashable, Sendable {
    /// One key or two, as configuration files say it.
    package enum Keys: String, Hashable, Codable, Sendable, CaseIterable {
        /// It verifies (or decrypts) with the old and with the new key at the same time.
        case dual
        /// It handles one key at a time: an agreed downtime is needed.
        case single
        /// Nobody said.
        case unknown

        /// What that makes of the partner's standing: a claim.
        package var standing: CapabilityStanding {
            switch self {
            case .dual: .dualClaimed
            case .single: .single
            case .unknown: .unknown
            }
        }
    }

    /// The partner whose system it is.
    package let partner: PartnerID
    /// What it does with the key; `nil` for whatever it does.
    package let part: PartnerPart?
    /// What its system can do.
    package let standing: CapabilityStanding

    /// What is known of one part.
    package init(partner: PartnerID, part: PartnerPart?, standing: CapabilityStanding) {
        self.partner = partner
        self.part = part
        self.standing = standing
    }

    /// What somebody said of the system as a whole.
    package init(partner: PartnerID, keys: Keys) {
        self.init(partner: partner, part: nil, standing: keys.standing)
    }
}

extension [PartnerCapability] {
    /// What is known of a partner's part: of that part itself, else of the system as a whole.
    package func standing(of partner: PartnerID, _ part: PartnerPart) -> CapabilityStanding {
        let own = filter { $0.partner == partner }
        return (own.last { $0.part == part } ?? own.last { $0.part == nil })?.standing ?? .unknown
    }
}
