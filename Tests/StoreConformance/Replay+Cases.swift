import FoundationEssentials
import Messaging
import Testing

extension StoreConformance {
    static let replayCases: [Case] = [
        Case("What is remembered of an accepted message outlasts a restart, and is found by any of its marks") {
            suite in
            let entry = try Samples.replay([1, 2], message: "one")
            try await suite.open().messaging.write { try $0.insert(entry) }
            let again = try await suite.open().messaging
            let found = try await again.read { transaction in
                try [[3, 2], [3]].map { try transaction.replayEntry(of: $0.map(Samples.mark)) }
            }
            #expect(found == [try Samples.replay([2], message: "one"), nil])
        },
        Case("A mark is remembered once, and what goes with one that is there is not stored") { suite in
            let store = try await suite.open().messaging
            let first = try Samples.replay([1])
            let second = try Samples.replay([2, 1])
            try await store.write { try $0.insert(first) }
            await #expect(throws: (any Error).self) { try await store.write { try $0.insert(second) } }
            let count = try await store.read { try $0.replayMarkCount(of: Samples.flowID()) }
            #expect(count == 1)
        },
        Case("Marks are counted by flow, until they are removed or expire") { suite in
            let store = try await suite.open().messaging
            let entries = [
                try Samples.replay([1], expires: 60), try Samples.replay([2], expires: 60),
                try Samples.replay([3, 4], expires: 61), try Samples.replay([5], flow: "bills", expires: 1),
            ]
            let moment = Samples.now.addingTimeInterval(61)
            let counts = try await store.write { transaction in
                for entry in entries { try transaction.insert(entry) }
                let count = { try transaction.replayMarkCount(of: Samples.flowID()) }
                let all = try count()
                try transaction.removeReplayMarks([Samples.mark(3), Samples.mark(9)])
                let rest = try count()
                let forgotten = try [2, 9]
                    .map {
                        try transaction.forgetReplayMarks(expiredBefore: moment, limit: $0)
                    }
                return try [all, rest] + forgotten + [
                    count(), transaction.replayMarkCount(of: Samples.flowID("bills")),
                ]
            }
            #expect(counts == [4, 3, 2, 1, 1, 0])
            let left = try await store.read { try $0.replayEntry(of: [Samples.mark(4)]) }
            #expect(left?.expiresAt == moment)
        },
    ]
}
