import Keystore
import Testing

extension StoreConformance {
    static let keyLookUpCases: [Case] = [
        Case("Aliases are listed page by page") { suite in
            let store = try await suite.open().keystore
            let versions = try ["b", "a", "c"].map { try Samples.version(of: $0) } + [try Samples.version(2, of: "a")]
            try await store.write { transaction in for version in versions { try transaction.insert(version) } }
            let first = try await store.read { try $0.aliases(after: nil, limit: 2) }
            let rest = try await store.read { try $0.aliases(after: first.last, limit: 2) }
            #expect(first.map(\.rawValue) == ["a", "b"] && rest.map(\.rawValue) == ["c"])
        },
        Case("A version is found by what its certificate could be mistaken by, as long as it has it") { suite in
            let store = try await suite.open().keystore
            var version = try Samples.version()
            let other = try Samples.version(of: "other")
            let marks = version.certificate?.identityMarks ?? []
            try await store.write { [version] transaction in
                try transaction.insert(version)
                try transaction.insert(other)
            }
            for mark in marks {
                let found = try await store.read { try $0.versions(marked: [mark]) }
                #expect(found.contains(version))
            }
            version.chain = other.chain
            try await store.write { [version] in try $0.update(version) }
            let found = try await store.read { try $0.versions(marked: marks) }
            #expect(!found.contains { $0.certificate?.identityMarks == marks })
        },
        Case("What changed since a generation is told, also what changed twice") { suite in
            let store = try await suite.open().keystore
            let (first, second) = (try Samples.version(), try Samples.version(of: "other"))
            let before = try await store.write { transaction in
                try transaction.insert(first)
                try transaction.insert(second)
                return try transaction.bumpGeneration()
            }
            let after = try await store.write { transaction in
                var changed = second
                changed.state = .active
                try transaction.update(changed)
                return try transaction.bumpGeneration()
            }
            let again = try await suite.open().keystore
            #expect(try await again.read { try $0.versionsChanged(since: before) }.contains(second.id))
            #expect(try await again.read { try $0.versionsChanged(since: after) }.isEmpty)
            #expect(Set(try await again.read { try $0.versionsChanged(since: 0) }) == [first.id, second.id])
        },
    ]
}
