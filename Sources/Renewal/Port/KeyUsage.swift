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

/// How many keys a partner's system can handle at the same time for one purpose.
package struct PartnerCapability: Hashable, Codable, Sendable {
    /// One key or two.
    package enum Keys: String, Hashable, Codable, Sendable {
        /// It verifies (or decrypts) with the old and with the new key at the same time.
        case dual
        /// It handles one key at a time: an agreed downtime is needed.
        case single
    }

    /// The partner whose system it is.
    package let partner: PartnerID
    /// What its system can do.
    package let keys: Keys

    package init(partner: PartnerID, keys: Keys) {
        self.partner = partner
        self.keys = keys
    }
}
