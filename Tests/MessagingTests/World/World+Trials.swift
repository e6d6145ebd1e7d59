import Keystore
import Messaging
import TestSupport

extension World {
    /// Adds a staged version to `alias`, and tells the keyring.
    func stage(_ alias: String) async throws -> KeyVersionID {
        let keystore: any KeystoreStore = store
        let (masterKey, now) = (masterKey, clock.now)
        let version = try await keystore.write { transaction in
            try KeyOperations(transaction: transaction, masterKey: masterKey, now: now, actor: "test")
                .createSuccessor(of: KeyAlias(alias), kind: nil, validity: .seconds(30 * 86_400))
        }
        try await keyring.refresh()
        return version.id
    }

    /// Gives a staged version up.
    func giveUp(_ version: KeyVersionID, tellingKeyring: Bool = true) async throws {
        let keystore: any KeystoreStore = store
        let (masterKey, now) = (masterKey, clock.now)
        try await keystore.write { transaction in
            _ = try KeyOperations(transaction: transaction, masterKey: masterKey, now: now, actor: "test")
                .stopAccepting(version)
        }
        if tellingKeyring { try await keyring.refresh() }
    }
}
