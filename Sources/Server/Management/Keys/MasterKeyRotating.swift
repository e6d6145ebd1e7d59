import Keystore
import ManagementAPI
import Messaging
import Renewal
import Timekeeping

/// Seals everything that the former master key sealed under the current one, while the tenant goes on.
///
/// In small transactions: both keys are known meanwhile, so it may end at any moment and be begun again.
struct MasterKeyRotating {
    private static let batch = 200

    let tenant: Tenant

    func rotate(by actor: Actor) async throws -> RotationResource {
        try actor.require(.tenantAdministrator, in: tenant, to: "rotate the master key")
        guard tenant.masterKey.knowsFormer else {
            throw Refusal(
                .notAllowedNow,
                "no former master key is known, so there is nothing to seal anew",
                remedy: "name the new key as masterKey and the old one as formerMasterKey, and start the tenant again"
            )
        }
        let keys = try await rewrapKeys(by: actor.description)
        let stored = try await tenant.runtime.rewrapMessages()
        let done = RotationResource(keys: keys, messages: stored.messages, files: stored.files)
        let now = tenant.clock.now
        try await tenant.keystore.write { transaction in
            try transaction.audit(
                at: now,
                actor: actor.description,
                action: "master-key.rotate",
                subject: "master key",
                detail: "\(done.keys) private keys, \(done.messages) stored and \(done.files) archived messages"
            )
        }
        return done
    }

    private func rewrapKeys(by actor: String) async throws -> Int {
        var (total, last) = (0, KeyAlias?.none)
        while true {
            let start = last
            let (count, end) = try await tenant.operateOnKeys(by: actor) { operations, _ in
                try operations.rewrapPrivateKeys(after: start, limit: Self.batch)
            }
            guard let end else { return total }
            total += count
            last = end
        }
    }
}
