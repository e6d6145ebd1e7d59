import Cryptography
import FoundationEssentials
import Keystore
import TestSupport
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
        Case("Versions of a range of aliases, and those that are sealed, are found page by page") { suite in
            let store = try await suite.open().keystore
            var bare = try Samples.version(of: "b")
            bare.sealedPrivateKey = nil
            let versions = try [bare, Samples.version(of: "a"), Samples.version(2, of: "a"), Samples.version(of: "c")]
            try await store.write { transaction in for version in versions { try transaction.insert(version) } }
            let range = try KeyAlias("a")...KeyAlias("b")
            let found = try await store.read { try $0.storedVersions(of: range).map { try $0.read() } }
            #expect(found == [versions[1], versions[2], bare])
            let alone = try KeyAlias("d")...KeyAlias("d")
            #expect(try await store.read { try $0.storedVersions(of: alone).isEmpty })
            let first = try await store.read { try $0.sealedVersions(after: nil, limit: 2) }
            let rest = try await store.read { try $0.sealedVersions(after: first.last?.id, limit: 2) }
            #expect(first.map(\.id) == [versions[1].id, versions[2].id] && rest.map(\.id) == [versions[3].id])
            #expect(rest.first?.sealedPrivateKey == [1, 2, 3])
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
        Case("What ends is found as by looking at every version, in random stores") { suite in
            var generator = SeededGenerator(seed: UInt64.random(in: 0...UInt64.max))
            let seed = generator.seed
            let store = try await suite.open().keystore
            var versions: [KeyVersion] = []
            for number in 0..<40 {
                let state = [KeyVersionState.staged, .active, .retiring, .retired].randomElement(using: &generator)
                let days = Double.random(in: -20...80, using: &generator).rounded()
                versions.append(try Samples.version(of: "key-\(number)", state: state ?? .active, days: days))
            }
            let stored = versions
            let known = stored.filter { _ in Bool.random(using: &generator) }
            let days = Int.random(in: 0...1, using: &generator) == 0 ? 0 : 30
            try await store.write { transaction in
                for version in stored { try transaction.insert(version) }
                for version in known {
                    let end = version.certificate?.notAfter ?? Samples.now
                    try transaction.insert(
                        ExpiryNotice(version: version.id, notAfter: end, days: days),
                        at: Samples.now
                    )
                }
                // A version that ends its life ends to be looked at.
                if var gone = stored.first(where: { $0.state == .retiring }) {
                    gone.state = .retired
                    try transaction.update(gone)
                }
            }
            let again = try await suite.open().keystore
            for moment in [0, 10, 45].map({ Samples.now.addingTimeInterval($0 * 86_400) }) {
                let (all, said) = try await again.read { try ($0.allVersions(), Set($0.expiryNotices())) }
                let expected = ExpiryWatch.due(all, said: said, at: moment).map(\.version).sorted()
                let due = try await again.read { try ExpiryWatch.due(in: $0, at: moment) }
                #expect(due == expected, "seed \(seed)")
            }
            let (all, first) = try await again.read { try ($0.allVersions(), $0.firstEnds(limit: 7)) }
            let accepted = all.filter(\.state.canProcess).compactMap { $0.certificate?.notAfter }.sorted()
            #expect(first.map(\.notAfter) == Array(accepted.prefix(7)), "seed \(seed)")
            #expect(first.allSatisfy { $0.state.canProcess })
            let notices = try await again.read { transaction in
                try stored.flatMap { try transaction.expiryNotices(of: $0.id) }
            }
            #expect(Set(notices) == (try await again.read { try Set($0.expiryNotices()) }))
        },
        Case("Versions are taken in unread as they are read") { suite in
            let store = try await suite.open().keystore
            var (one, two) = (try Samples.version(of: "a"), try Samples.version(2, of: "a", state: .active))
            one.formerCertificates = [try Samples.version(of: "former").chain[0]]
            two.chain += [try Samples.version(of: "issuer").chain[0]]
            two.exchangedAt = Samples.now
            let versions = [one, two, try Samples.version(of: "b", state: .retired)]
            try await store.write { transaction in for version in versions { try transaction.insert(version) } }
            let stored = try await suite.open().keystore.read { try $0.storedVersions() }
            #expect(try stored.map { try $0.read() } == versions)
            #expect(stored.allSatisfy { $0.bare.chain.isEmpty && $0.bare.formerCertificates.isEmpty })
        },
        Case("The audit log is asked for an action, page by page") { suite in
            let store = try await suite.open().keystore
            try await store.write { transaction in
                for number in 1...9 {
                    try transaction.audit(
                        at: Samples.now,
                        actor: "tina",
                        action: number.isMultiple(of: 3) ? "third" : "other",
                        subject: "\(number)",
                        detail: ""
                    )
                }
            }
            let first = try await store.read { try $0.auditEntries(of: "third", after: 0, limit: 2) }
            let rest = try await store.read {
                try $0.auditEntries(of: "third", after: first.last?.sequence ?? 0, limit: 2)
            }
            #expect(first.map(\.subject) == ["3", "6"] && rest.map(\.subject) == ["9"])
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
