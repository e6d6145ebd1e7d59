/// A partner and what its system can do (`GET /partners`, `PUT /partners/{id}`).
package struct PartnerResource: Codable, Sendable, Hashable {
    /// The partner's id; also the organisation of its administrators.
    package var id: String
    /// `dual`: handles the old and the new key at once; `single`: one at a time.
    package var keys: String
    /// `sender` or `receiver`.
    package var role: String

    /// A partner and its capability.
    package init(id: String, keys: String, role: String) {
        self.id = id
        self.keys = keys
        self.role = role
    }
}
