import Cryptography
import Keystore
import TestSupport
import Testing

@Suite struct RotationTests {
    @Test func `what the former key sealed opens during a rotation, and after it under the new key alone`() async throws
    {
        let tenant = try Tenant()
        for number in 0..<5 { try tenant.create(KeyAlias("key-\(number)")) }
        let new = try MasterKey.generate()
        let both = new.knowing(former: tenant.masterKey)
        _ = try await Keyring(store: tenant.store, masterKey: both, clock: tenant.clock)
        func rotate(_ limit: Int) throws -> Int {
            try tenant.store.transact { transaction in
                try KeyOperations(transaction: transaction, masterKey: both, now: tenant.clock.now, actor: "tina")
                    .rewrapPrivateKeys(after: nil, limit: limit).count
            }
        }
        // Ended half-way, both kinds open; begun again, it goes on.
        #expect(try rotate(2) == 2)
        _ = try await Keyring(store: tenant.store, masterKey: both, clock: tenant.clock)
        let early = try await Keyring(store: tenant.store, masterKey: new, clock: tenant.clock).snapshot
        #expect(early.faults(of: early.allAliases).count == 3)
        #expect(try rotate(100) == 3)
        #expect(try rotate(100) == 0)
        let late = try await Keyring(store: tenant.store, masterKey: new, clock: tenant.clock).snapshot
        #expect(late.faults(of: late.allAliases).isEmpty)
        await #expect(throws: KeystoreError.self) {
            try await Keyring(store: tenant.store, masterKey: tenant.masterKey, clock: tenant.clock)
        }
    }

    @Test func `sealing anew keeps content and place, and is done once`() throws {
        let (old, new) = try (MasterKey.generate(), MasterKey.generate())
        let both = new.knowing(former: old)
        let sealed = old.seal([1, 2, 3], context: "message 1")
        #expect(try both.open(sealed, context: "message 1") == [1, 2, 3])
        let rewrapped = try #require(try both.rewrapped(sealed, context: "message 1"))
        #expect(rewrapped.count == sealed.count)
        #expect(try new.open(rewrapped, context: "message 1") == [1, 2, 3])
        #expect(try both.rewrapped(rewrapped, context: "message 1") == nil)
        #expect(throws: KeystoreError.sealBroken(context: "message 2")) {
            try both.rewrapped(sealed, context: "message 2")
        }
        #expect(throws: KeystoreError.sealBroken(context: "message 1")) {
            try old.open(rewrapped, context: "message 1")
        }
        #expect(throws: KeystoreError.self) { try MasterKey.generate().rewrapped(sealed, context: "message 1") }
        #expect(both.knowsFormer && !new.knowsFormer)
    }
}
