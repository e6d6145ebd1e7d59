package import Foundation

/// A partner and what its system can do (`GET /partners`, `PUT /partners/{id}`).
package struct PartnerResource: Codable, Sendable, Hashable {
    /// The partner's id; also the organisation of its administrators.
    package var id: String
    /// What was said of the system as a whole: `dual`: it handles the old and the new key at once; `single`: one at a time;
    /// `unknown`.
    package var keys: String
    /// `sender` or `receiver`.
    package var role: String
    /// What is known of its parts, each with its evidence; nil in a request.
    package var capabilities: [CapabilityResource]?

    /// A partner and its capability.
    package init(id: String, keys: String, role: String) {
        self.id = id
        self.keys = keys
        self.role = role
    }
}

/// What is known, or was learned, of one part of a partner's system (`GET /partners/{id}/capabilities`).
package struct CapabilityResource: Codable, Sendable, Hashable {
    /// The partner.
    package var partner: String
    /// What it does with a key of the tenant's protection: `verify` or `decrypt`.
    package var part: String
    /// `dualProven`, `dualClaimed`, `single` or `unknown`.
    package var standing: String
    /// `claim`, `probe`, `traffic` or `configuration`.
    package var source: String
    /// What was seen, or the person's remark.
    package var detail: String
    /// Who recorded it; nil for the configuration.
    package var actor: String?
    /// When; nil for the configuration.
    package var at: Date?

    /// An entry of the capability registry, or what the configuration says.
    package init(
        partner: String,
        part: String,
        standing: String,
        source: String,
        detail: String,
        actor: String?,
        at: Date?
    ) {
        self.partner = partner
        self.part = part
        self.standing = standing
        self.source = source
        self.detail = detail
        self.actor = actor
        self.at = at
    }
}

/// A person's word about a partner's system (`POST /partners/{id}/capabilities`).
package struct ClaimCapability: Codable, Sendable, Hashable {
    /// `verify` or `decrypt`; nil for both.
    package var part: String?
    /// `dual`, `single` or `unknown`.
    package var keys: String
    /// Who said it, or how it is known.
    package var note: String?

    /// A word about a part.
    package init(part: String?, keys: String, note: String? = nil) {
        self.part = part
        self.keys = keys
        self.note = note
    }
}
