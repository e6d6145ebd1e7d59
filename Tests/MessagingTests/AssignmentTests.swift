import Foundation
import Keystore
import Messaging
import StoreSQLite
import TestSupport
import Testing
import WSSecurity

@Suite("Messages are protected with the version that is current for their partner")
struct AssignmentTests {
    @Test("A version assigned to one partner signs what goes there, and nothing that goes elsewhere")
    func instead() async throws {
        try await World.run { world in
            try await world.deploy()
            let new = try await world.stage("tenant-sign")
            try await world.assign(new, to: "somebody-else", .instead)
            #expect(try await world.send("one").status == 200)
            try await world.assign(new, to: "receiver-one", .instead)
            #expect(try await world.send("two").status == 200)
            let signers = world.receiver.arrivals.map(\.signer)
            let versions = world.keyring.snapshot.versions(of: new.alias).map(\.certificate)
            #expect(signers == versions && versions.count == 2)
            let counters = try await world.runtime.keyUses(of: new.alias)
            #expect(counters.map(\.account.version.number) == [1, 2] && counters.allSatisfy { $0.tally.count == 1 })
        }
    }

    @Test("With both versions assigned a message carries two signatures, and both uses are recorded")
    func beside() async throws {
        try await World.run { world in
            try await world.deploy()
            let new = try await world.stage("tenant-sign")
            try await world.assign(new, to: "receiver-one", .beside)
            #expect(try await world.send("one").status == 200)
            #expect(world.receiver.arrivals.first?.signatures.count == 2)
            let counters = try await world.runtime.keyUses(of: new.alias)
            #expect(counters.map(\.account.version.number) == [1, 2])
            #expect(counters.allSatisfy { $0.account.outcome == .succeeded })
        }
    }

    @Test(
        "A message whose keyset is older than an assignment is protected anew: the old version protects nothing there"
    )
    func staleKeyset() async throws {
        try await World.run { world in
            try await world.deploy()
            let new = try await world.stage("tenant-sign")
            try await world.assign(new, to: "receiver-one", .instead, isToldToKeyring: false)
            #expect(try await world.send("one").status == 200)
            let certificate = try #require(world.keyring.snapshot.version(new)?.certificate)
            #expect(world.receiver.arrivals.map(\.signer) == [certificate])
        }
    }
}

extension World {
    fileprivate func assign(
        _ version: KeyVersionID,
        to partner: String,
        _ manner: KeyAssignment.Manner,
        isToldToKeyring: Bool = true
    ) async throws {
        let (masterKey, now) = (masterKey, clock.now)
        let keystore: any KeystoreStore = store
        try await keystore.write { transaction in
            try KeyOperations(transaction: transaction, masterKey: masterKey, now: now, actor: "test")
                .assign(version, to: PartnerID(partner), manner)
        }
        if isToldToKeyring { try await keyring.refresh() }
    }
}
