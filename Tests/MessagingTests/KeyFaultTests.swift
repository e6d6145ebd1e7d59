import Cryptography
import Foundation
import Keystore
import Messaging
import StoreSQLite
import TestSupport
import Testing

/// Private keys that do not open, found after a start.
@Suite struct KeyFaultTests {
    @Test func `A broken key stops no start, is told while a deployed flow needs it, and its messages are refused`()
        async throws
    {
        try await World.run { world in
            let flow = try await world.deploy()
            try await world.breakKey("tenant-decrypt")
            try await world.restarted { runtime in
                let faults = await runtime.keyFaults()
                #expect(faults.map(\.version.description) == ["tenant-decrypt version 1"])
                let reply = try await world.send("one", on: runtime)
                #expect(reply.status == 500)
                #expect(world.receiver.arrivals.isEmpty)
                let places = runtime.keyPlaces
                _ = try await runtime.undeploy(flow.id)
                #expect(runtime.keyPlaces != places)
                #expect(await runtime.keyFaults().isEmpty)
            }
        }
    }

    @Test func `A broken key that no deployed flow names disturbs nothing`() async throws {
        try await World.run { world in
            world.receiver.set(.confirm)
            try await world.deploy()
            let alias = try KeyAlias("unused")
            let (masterKey, now) = (world.masterKey, world.clock.now)
            try await world.store.write { (transaction: any KeystoreTransaction) in
                _ = try KeyOperations(transaction: transaction, masterKey: masterKey, now: now, actor: "test")
                    .create(alias: alias, kind: .p256, subject: "CN=unused", validity: .seconds(86_400))
            }
            try await world.breakKey("unused")
            try await world.restarted { runtime in
                #expect(await runtime.keyFaults().isEmpty)
                let reply = try await world.send("one", on: runtime)
                #expect(reply.status == 200)
            }
        }
    }
}

extension World {
    /// Changes an octet of what is sealed, as a broken disk would.
    func breakKey(_ name: String) async throws {
        let id = KeyVersionID(alias: try KeyAlias(name), number: 1)
        try await store.write { (transaction: any KeystoreTransaction) in
            guard var version = try transaction.version(id) else { return }
            version.sealedPrivateKey?[60] ^= 1
            try transaction.update(version)
        }
    }
}
