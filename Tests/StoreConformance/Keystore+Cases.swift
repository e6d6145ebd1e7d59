import Cryptography
import Keystore
import Testing

extension StoreConformance {
    static let keystoreCases: [Case] = [
        Case("Former certificates come back in order, and go when they are taken off") { suite in
            var version = try Samples.version(state: .active)
            version.formerCertificates = try (2...3).flatMap { try Samples.version($0).chain }
            let stored = version
            try await suite.open().keystore.write { try $0.insert(stored) }
            #expect(try await suite.open().keystore.read { try $0.version(stored.id) } == stored)
            version.formerCertificates.removeFirst()
            let shortened = version
            try await suite.open().keystore.write { try $0.update(shortened) }
            #expect(try await suite.open().keystore.read { try $0.versions(of: stored.id.alias) } == [shortened])
        },
        Case("A reference to a key in a token comes back, and never stands beside a sealed key") { suite in
            let store = try await suite.open().keystore
            var version = try Samples.version()
            let publicKey = try #require(version.certificate?.publicKey)
            version.tokenKey = TokenKey(
                token: try TokenName("hsm"),
                identifier: [0, 1, 255],
                label: "orders \"one\"",
                publicKey: publicKey
            )
            let both = version
            await #expect(throws: (any Error).self) { try await store.write { try $0.insert(both) } }
            version.sealedPrivateKey = nil
            let held = version
            try await store.write { try $0.insert(held) }
            #expect(try await suite.open().keystore.read { try $0.version(held.id) } == held)
            version.tokenKey = nil
            let none = version
            try await store.write { try $0.update(none) }
            #expect(try await suite.open().keystore.read { try $0.version(held.id) } == none)
        },
        Case("An export comes back as it went on; another approver is needed, and it is collected once") { suite in
            let store = try await suite.open().keystore
            let version = try Samples.version()
            var export = KeyExport(
                id: "e",
                version: version.id,
                reason: "move",
                requestedBy: "tina",
                requestedAt: Samples.now
            )
            let requested = export
            try await store.write { transaction in
                try transaction.insert(version)
                try transaction.save(requested)
            }
            #expect(try await store.read { try $0.openKeyExports() } == [requested])
            export.approvedAt = Samples.now
            export.approvedBy = "tina"
            let own = export
            await #expect(throws: (any Error).self) { try await store.write { try $0.save(own) } }
            export.approvedBy = "tom"
            export.collectedAt = Samples.now
            let collected = export
            try await store.write { try $0.save(collected) }
            #expect(try await suite.open().keystore.read { try $0.keyExport("e") } == collected)
            #expect(try await store.read { try $0.openKeyExports().isEmpty && $0.keyExport("f") == nil })
            await #expect(throws: (any Error).self) { try await store.write { try $0.save(collected) } }
        },
        Case("A notice of an end is kept once") { suite in
            let store = try await suite.open().keystore
            let version = try Samples.version()
            let notice = ExpiryNotice(version: version.id, notAfter: Samples.now, days: 30)
            try await store.write { transaction in
                try transaction.insert(version)
                try transaction.insert(notice, at: Samples.now)
            }
            #expect(try await suite.open().keystore.read { try $0.expiryNotices() } == [notice])
            await #expect(throws: (any Error).self) { try await store.write { try $0.insert(notice, at: Samples.now) } }
        },
        Case("A key version comes back as it was stored, also after a restart") { suite in
            let version = try Samples.version(state: .active)
            try await suite.open().keystore.write { try $0.insert(version) }
            let found = try await suite.open().keystore.read { try $0.version(version.id) }
            #expect(found == version)
        },
        Case("Versions are listed by alias and number") { suite in
            let store = try await suite.open().keystore
            let versions = [try Samples.version(2), try Samples.version(1), try Samples.version(1, of: "another")]
            try await store.write { transaction in for version in versions { try transaction.insert(version) } }
            let all = try await store.read { try $0.allVersions().map(\.id) }
            #expect(all == versions.map(\.id).sorted())
            let alias = try Samples.alias()
            let own = try await store.read { try $0.versions(of: alias).map(\.id.number) }
            #expect(own == [1, 2])
        },
        Case("A taken identity, and an update of nothing, are refused") { suite in
            let store = try await suite.open().keystore
            let version = try Samples.version()
            let stranger = try Samples.version(7)
            try await store.write { try $0.insert(version) }
            await #expect(throws: (any Error).self) { try await store.write { try $0.insert(version) } }
            await #expect(throws: (any Error).self) { try await store.write { try $0.update(stranger) } }
        },
        Case("Two active versions of one alias are refused") { suite in
            let store = try await suite.open().keystore
            let versions = [try Samples.version(1, state: .active), try Samples.version(2, state: .active)]
            await #expect(throws: (any Error).self) {
                try await store.write { transaction in for version in versions { try transaction.insert(version) } }
            }
            let count = try await store.read { try $0.allVersions().count }
            #expect(count == 0)
        },
        Case("An exchange commits as a whole and begins a new generation") { suite in
            let store = try await suite.open().keystore
            let old = try Samples.version(1, state: .active)
            let new = try Samples.version(2, state: .staged)
            try await store.write { transaction in
                try transaction.insert(old)
                try transaction.insert(new)
            }
            let before = try await store.read { try $0.generation() }
            let after = try await store.write { transaction in
                var (old, new) = (old, new)
                old.state = .retiring
                old.exchangedAt = Samples.now
                new.state = .active
                try transaction.update(old)
                try transaction.update(new)
                return try transaction.bumpGeneration()
            }
            #expect(after == before + 1)
            let states = try await suite.open().keystore.read { try $0.versions(of: old.id.alias).map(\.state) }
            #expect(states == [.retiring, .active])
        },
        Case("What a read writes is refused") { suite in
            let store = try await suite.open().keystore
            await #expect(throws: (any Error).self) { try await store.read { _ = try $0.bumpGeneration() } }
        },
    ]
}
