import Renewal

extension Actor {
    /// Whether this person works for a partner, and so sees only what concerns that partner.
    var isPartner: Bool {
        role == .senderAdministrator || role == .receiverAdministrator
    }

    /// Refuses everybody who has none of `roles` in the tenant's own organisation.
    func require(_ roles: Role..., in tenant: Tenant, to act: String) throws(Refusal) {
        guard roles.contains(role) else {
            let wanted = roles.map(\.words).joined(separator: " or ")
            throw Refusal(
                .wrongRole,
                "to \(act) is for the \(wanted); \(name) is \(role.words) of \(organisation)",
                remedy: "ask the \(wanted) to do it"
            )
        }
        guard organisation == tenant.organisation else {
            throw Refusal(
                .wrongOrganisation,
                "to \(act) is for \(tenant.organisation); \(name) belongs to \(organisation)",
                remedy: "ask the \(role.words) of \(tenant.organisation) to do it"
            )
        }
    }

    /// Refuses everybody but the tenant's own roles.
    func requireTenant(_ tenant: Tenant, to act: String) throws(Refusal) {
        try require(.tenantAdministrator, .integrationDeveloper, in: tenant, to: act)
    }
}
