import Cryptography
import FoundationEssentials
import Keystore
import ManagementAPI
import Renewal
import Timekeeping

/// Shows the audit log.
struct OperationHandling {
    private static let auditLimit = 1000

    let tenant: Tenant

    func audit(after: Int, limit: Int, for actor: Actor) async throws -> [AuditResource] {
        try actor.require(.tenantAdministrator, in: tenant, to: "see the audit log")
        let limit = min(max(limit, 1), Self.auditLimit)
        return try await tenant.keystore.read { try $0.auditEntries(after: max(0, after), limit: limit) }
            .map(AuditResource.init)
    }
}

extension AuditResource {
    init(_ entry: AuditEntry) {
        self.init(
            sequence: entry.sequence,
            at: entry.at,
            actor: entry.actor,
            action: entry.action,
            subject: entry.subject,
            detail: entry.detail,
            previousHash: Hexadecimal.text(entry.previousHash),
            hash: Hexadecimal.text(entry.hash)
        )
    }
}
