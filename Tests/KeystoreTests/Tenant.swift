import Cryptography
import Foundation
import Keystore
import TestSupport

/// A keystore to try things on: a store, a master key, a clock, and a person who acts.
struct Tenant {
    static let year = Duration.seconds(365 * 86_400)

    let store = MemoryStore()
    let masterKey: MasterKey
    let clock = SimulatedClock()

    init() throws {
        masterKey = try MasterKey.generate()
    }

    /// Runs `body` with the operations of a transaction.
    @discardableResult
    func act<Result>(_ body: (KeyOperations) throws -> Result) throws -> Result {
        try store.transact { transaction in
            try body(KeyOperations(transaction: transaction, masterKey: masterKey, now: clock.now, actor: "tina"))
        }
    }

    @discardableResult
    func create(_ alias: KeyAlias, validity: Duration = year) throws -> KeyVersion {
        try act { try $0.create(alias: alias, kind: .p256, subject: "CN=\(alias)", validity: validity) }
    }

    func state(_ alias: KeyAlias, _ number: Int) -> KeyVersionState? {
        store.contents.versions[KeyVersionID(alias: alias, number: number)]?.state
    }

    func keyring() async throws -> Keyring {
        try await Keyring(store: store, masterKey: masterKey, clock: clock)
    }
}

/// A key pair with a certificate of its own.
struct Pair {
    let key: PrivateKey
    let certificate: Certificate

    init(_ subject: String = "CN=pair", key: PrivateKey? = nil, from begin: Date, to end: Date? = nil) throws {
        self.key = try key ?? PrivateKey.generate(.p256)
        certificate = try Certificate.selfSigned(
            key: self.key,
            subject: subject,
            notBefore: begin,
            notAfter: end ?? begin.addingTimeInterval(365 * 86_400)
        )
    }
}
