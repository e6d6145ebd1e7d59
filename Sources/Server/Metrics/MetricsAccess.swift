import Cryptography
import Renewal

/// Who may read the metrics, which name partners, flows and key aliases.
package enum MetricsAccess: Sendable {
    /// Everybody who reaches the management listener.
    case open
    /// Who brings the token with this SHA-256 digest, and people of the tenant.
    case token(digest: [UInt8]?)

    /// Whoever brings `token`, and people of the tenant.
    package static func token(_ token: String) -> MetricsAccess {
        .token(digest: DigestAlgorithm.sha256.digest(of: Array(token.utf8)))
    }
}

extension MetricsAccess {
    /// Refuses who may not read the metrics, as the management API refuses.
    func check(
        authorization: String?,
        from address: String,
        authentication: Authentication,
        tenant: Tenant
    ) throws(Refusal) {
        guard case .token(let digest) = self else { return }
        if let digest, let token = authorization.flatMap(Authentication.bearerToken) {
            let presented = DigestAlgorithm.sha256.digest(of: Array(token.utf8))
            if ConstantTime.equal(digest, presented) { return }
        }
        let actor = try authentication.actor(authorization: authorization, from: address)
        try actor.requireTenant(tenant, to: "read the metrics")
    }
}
