import FoundationEssentials
import Keystore
import Messaging
import Renewal
import Testing

extension StoreConformance {
    static let renamingCases: [Case] = [
        Case("A renamed key is found with its history and its ledger under the new name, as before a restart") {
            suite in
            let (alias, name) = try (KeyAlias("orders-sign"), KeyAlias("sales-sign"))
            let version = try Samples.version(state: .active)
            let export = KeyExport(
                id: "e",
                version: version.id,
                reason: "move",
                requestedBy: "tina",
                requestedAt: Samples.now,
                approvedBy: "tom",
                approvedAt: Samples.now,
                collectedAt: Samples.now
            )
            let counter = try KeyUseCounter(
                account: KeyUse.Account(
                    version: version.id,
                    purpose: .sign,
                    flow: Samples.flowID("orders"),
                    partner: PartnerID("receiver-one"),
                    side: .receiver,
                    outcome: .succeeded
                ),
                tally: Tally(at: Samples.now)
            )
            let lease = try OpenOperationLease(
                operation: OpenOperation(
                    flow: Samples.flowID("orders"),
                    side: .receiver,
                    protection: OpenOperation.Protection(version: version.id, purpose: .sign)
                ),
                holder: "h",
                count: 1
            )
            let store = try await suite.open()
            try await store.keystore.write { transaction in
                try transaction.insert(version)
                try transaction.save(export)
                try transaction.insert(
                    ExpiryNotice(version: version.id, notAfter: Samples.now, days: 30),
                    at: Samples.now
                )
            }
            try await store.messaging.write { transaction in
                try transaction.add([counter])
                try transaction.writeLease(lease)
            }
            let before = try await store.keystore.read { try $0.generation() }
            try await store.messaging.write { transaction in
                try transaction.rename(alias, to: name, at: Samples.now)
                try transaction.bumpGeneration()
            }
            // What was under way is counted by its old name.
            try await store.messaging.write { try $0.add([counter]) }

            let again = try await suite.open()
            let id = KeyVersionID(alias: name, number: 1)
            let (former, renamed, present) = try await again.keystore.read {
                try ($0.version(version.id), $0.version(id), $0.presentVersion(version.id))
            }
            #expect(former == nil && renamed?.chain == version.chain && present?.id == id)
            let (marked, changed) = try await again.keystore.read {
                try ($0.versions(marked: version.chain[0].identityMarks), $0.versionsChanged(since: before))
            }
            #expect(marked.map(\.id) == [id] && Set(changed) == [version.id, id])
            let (moved, notices) = try await again.keystore.read { try ($0.keyExport("e"), $0.expiryNotices()) }
            #expect(moved?.version == id && notices.map(\.version) == [id])
            let (names, current) = try await again.keystore.read {
                try ($0.formerAliases(), $0.presentAlias(of: alias))
            }
            #expect(names == [alias: name] && current == name)
            let counters = try await again.messaging.read { try $0.keyUseCounters(of: name) }
            #expect(counters.map(\.tally.count) == [2] && counters.map(\.account.version) == [id])
            for known in [version.id, id] {
                let tally = try await again.renewal.read { try $0.keyUse(KeyUseQuery(version: known)) }
                #expect(tally.succeeded == 2)
            }
            let (all, own) = try await again.renewal.read {
                try ($0.openOperations(with: id), $0.openOperations(with: id, on: ["orders"]))
            }
            #expect(all == 1 && own == 1)
            let byFormerName = try await again.renewal.read { try $0.openOperations(with: version.id) }
            #expect(byFormerName == 1)
            await #expect(throws: (any Error).self) { try await again.keystore.write { try $0.insert(version) } }
        },
        Case("A key gets a former name back, and what else it was called stays known") { suite in
            let names = try ["a", "b", "c"].map { try KeyAlias($0) }
            let store = try await suite.open().keystore
            let version = try Samples.version(1, of: "a")
            try await store.write { try $0.insert(version) }
            for (alias, name) in [(names[0], names[1]), (names[1], names[2]), (names[2], names[0])] {
                try await store.write { try $0.rename(alias, to: name, at: Samples.now) }
            }
            #expect(try await store.read { try $0.formerAliases() } == [names[1]: names[0], names[2]: names[0]])
            #expect(try await store.read { try $0.versions(of: names[0]).map(\.id) } == [version.id])
        },
    ]
}
