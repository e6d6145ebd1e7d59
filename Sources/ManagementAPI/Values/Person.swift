/// Who a bearer token stands for (`GET /me`).
package struct Person: Codable, Sendable, Hashable {
    /// The name that journals and audits show.
    package var name: String
    /// `tenantAdministrator`, `integrationDeveloper`, `senderAdministrator` or `receiverAdministrator`.
    package var role: String
    /// The tenant's own organisation, or the partner's id.
    package var organisation: String

    /// A person with a role in an organisation.
    package init(name: String, role: String, organisation: String) {
        self.name = name
        self.role = role
        self.organisation = organisation
    }
}
