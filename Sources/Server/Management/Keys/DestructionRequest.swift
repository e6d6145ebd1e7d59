import FoundationEssentials
import Keystore
import ManagementAPI

/// Two persons' decision to destroy a key version: the first one's request lies in the audit log until the second comes.
struct DestructionRequest {
    private static let action = "key.destroy-requested"

    let id: KeyVersionID
    let transaction: any KeystoreTransaction
    var retention = Retention()

    /// Notes the first person's request, or destroys when another person's is there.
    func proceed(
        _ operations: KeyOperations,
        actor: String,
        reason: String,
        now: Date
    ) throws -> DestroyKeyAnswer {
        guard let requester = try requester() else {
            try transaction.audit(
                at: now,
                actor: actor,
                action: Self.action,
                subject: id.description,
                detail: reason
            )
            return DestroyKeyAnswer(destroyed: false, requestedBy: actor, approvedBy: nil)
        }
        try operations.destroy(id, requestedBy: requester, approvedBy: actor, retention: retention)
        return DestroyKeyAnswer(destroyed: true, requestedBy: requester, approvedBy: actor)
    }

    /// Refuses a request that could not be approved now: the version is in use, or must be kept.
    func checkDestroyable(now: Date) throws {
        guard let version = try transaction.version(id) else { throw KeystoreError.unknownVersion(id) }
        guard version.state.canBecome(.destroyed) else {
            throw KeystoreError.transitionRefused(id, from: version.state, to: .destroyed)
        }
        guard let end = retention.end(of: version), end <= now else {
            throw KeystoreError.retained(id, possibleAt: retention.end(of: version) ?? .distantFuture)
        }
    }

    /// Who asked first; nil when nobody has.
    func requester() throws -> String? {
        try transaction.auditEntries(about: id.description, limit: .max).last { $0.action == Self.action }?.actor
    }
}
