import Keystore
import ManagementAPI
import Messaging
import Renewal
import Timekeeping

/// Gives keys other names, in the keystore and in the flows that name them.
struct KeyRenaming {
    let tenant: Tenant

    func rename(_ alias: String, _ request: RenameKey, by actor: Actor) async throws -> RenameKeyAnswer {
        try actor.require(.tenantAdministrator, in: tenant, to: "rename a key")
        let (alias, name) = try (KeyAlias(alias), KeyAlias(request.name))
        guard alias != name else {
            throw Refusal.malformed("the key '\(alias)' is called so already", remedy: "give another name")
        }
        let (masterKey, now) = (tenant.masterKey, tenant.clock.now)
        // What was counted under the former name until now comes along.
        try await tenant.runtime.flushLedger()
        let rename = KeyRename(alias, to: name, changesFlows: request.withFlows ?? false) { transaction, flows in
            let operations = KeyOperations(
                transaction: transaction,
                masterKey: masterKey,
                now: now,
                actor: actor.description
            )
            try operations.rename(alias, to: name, flows: flows.map(\.rawValue))
            for flow in flows {
                try transaction.audit(
                    at: now,
                    actor: actor.description,
                    action: "flow.rename-key",
                    subject: flow.rawValue,
                    detail: "\(name) instead of \(alias)"
                )
            }
        }
        let flows = try await tenant.runtime.rename(rename)
        try await tenant.keyring.refresh()
        guard let key = try await KeyResource(tenant.keystore.read { try $0.versions(of: name) }) else {
            throw KeystoreError.unknownAlias(name)
        }
        return RenameKeyAnswer(key: key, flows: flows.map(\.rawValue))
    }
}
