import AsyncHTTPClient
import Cryptography
import Foundation
import GRDB
import Keystore
import ManagementAPI
import TestSupport
import Testing

@testable import Server

@Suite("Readiness")
struct ReadinessTests {
    @Test("A tenant is ready when store, keyring and listeners are, and says which is not")
    func ready() async throws {
        try await World.run { world in
            #expect(
                try await world.readiness { $0.ready }.checks.map(\.name) == [
                    "store", "keyring", "flows", "listeners", "draining",
                ]
            )
            #expect(try await world.send(HTTPClientRequest(url: world.management + "/livez")).status == 200)

            world.tenant.health.report(.messages, isUp: false)
            let deaf = try await world.readiness { !$0.ready }
            #expect(deaf.checks.filter { !$0.ok }.map(\.cause) == ["not listening: messages"])
            world.tenant.health.report(.messages, isUp: true)
            world.tenant.health.beginDraining()
            #expect(try await world.readiness { !$0.ready }.checks.filter { !$0.ok }.map(\.name) == ["draining"])
            #expect(try await world.post([1], to: "/in/orders").status == 503)
        }
    }

    @Test("A key that does not open makes the tenant not ready while a deployed flow needs it")
    func brokenKey() async throws {
        let alias = try KeyAlias("broken-sign")
        try await World.run(
            storing: { store, masterKey in
                try await store.write { transaction in
                    let keys = KeyOperations(transaction: transaction, masterKey: masterKey, now: Date(), actor: "test")
                    for alias in [alias, try KeyAlias("sound-sign")] {
                        let validity = Duration.seconds(86_400)
                        var made = try keys.create(alias: alias, kind: .p256, subject: "CN=a", validity: validity)
                        guard alias.rawValue == "broken-sign" else { continue }
                        made.sealedPrivateKey?[60] ^= 1
                        try transaction.update(made)
                    }
                }
            }
        ) { world in
            _ = try await world.readiness { $0.ready }
            let flow = world.orders().replacing("sign: reply-sign", with: "sign: broken-sign")
            _ = try await world.api(.developer).putFlow("orders", yaml: flow)
            let told = try await world.readiness { !$0.ready }.checks.filter { !$0.ok }
            #expect(told.map(\.name) == ["keyring"])
            #expect(told.first?.cause?.contains("broken-sign version 1") == true)
            _ = try await world.api(.developer).putFlow("orders", yaml: world.orders())
            _ = try await world.readiness { $0.ready }
        }
    }

    @Test("A store that another program keeps locked makes the tenant not ready until it is free again")
    func locked() async throws {
        try await World.run { world in
            _ = try await world.readiness { $0.ready }
            var configuration = Configuration()
            configuration.allowsUnsafeTransactions = true
            let other = try DatabaseQueue(path: world.storePath, configuration: configuration)
            try await other.writeWithoutTransaction { try $0.execute(sql: "BEGIN EXCLUSIVE") }
            let locked = try await world.readiness { !$0.ready }
            #expect(locked.checks.filter { !$0.ok }.map(\.name) == ["store"])
            try await other.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
            _ = try await world.readiness { $0.ready }
        }
    }
}

extension World {
    /// What `/readyz` says once `isMet` holds of it, within a minute.
    func readiness(_ isMet: (ReadinessResource) -> Bool) async throws -> ReadinessResource {
        for _ in 0..<600 {
            let (status, body, _) = try await send(HTTPClientRequest(url: management + "/readyz"))
            let resource = try ManagementCoding.decode(ReadinessResource.self, from: Data(body.utf8))
            #expect(status == (resource.ready ? 200 : 503))
            if isMet(resource) { return resource }
            try await Task.sleep(for: .milliseconds(100))
        }
        throw NotReached()
    }

    private struct NotReached: Error {}
}
