import FoundationEssentials
import Messaging
import Renewal
import Testing

extension StoreConformance {
    static let flowCases: [Case] = [
        Case("A flow keeps its document and status over a restart") { suite in
            let store = try await suite.open()
            let flow = try Samples.flow()
            try await store.messaging.write { try $0.save(FlowRecord(flow: flow, status: .deployed)) }
            try await store.messaging.write { try $0.save(FlowRecord(flow: flow, status: .undeployed)) }
            let again = try await suite.open()
            let records = try await again.messaging.read { try $0.flowRecords() }
            #expect(records == [FlowRecord(flow: flow, status: .undeployed)])
            let isDeployed = try await again.renewal.read { try $0.isDeployed("orders") }
            #expect(!isDeployed)
        },
        Case("A path belongs to one flow") { suite in
            let store = try await suite.open().messaging
            let flow = try Samples.flow()
            let other = try Samples.flow("others", path: "/in/orders")
            try await store.write { try $0.save(FlowRecord(flow: flow, status: .deployed)) }
            await #expect(throws: (any Error).self) {
                try await store.write { try $0.save(FlowRecord(flow: other, status: .deployed)) }
            }
        },
    ]

    static let queueCases: [Case] = [
        Case("A message is stored once for its MessageID") { suite in
            let store = try await suite.deployed()
            let message = try Samples.message("one")
            var repeated = try Samples.message("two")
            repeated = StoredMessage(
                id: repeated.id,
                flow: repeated.flow,
                messageID: message.messageID,
                action: nil,
                sealedEnvelope: [9],
                acceptedAt: Samples.now,
                dueAt: Samples.now,
                deadline: Samples.now
            )
            let again = repeated
            let stored = try await store.messaging.write { try $0.insert(message) }
            let repeatedly = try await store.messaging.write { try $0.insert(again) }
            #expect(stored && !repeatedly)
            let found = try await suite.open().messaging.read { try $0.messages(of: message.flow, limit: 10) }
            #expect(found == [message])
        },
        Case("A due message is claimed by one of many, in the order accepted") { suite in
            let store = try await suite.deployed().messaging
            let messages = try (1...6).map { try Samples.message("m\($0)", due: $0 == 6 ? 60 : 0) }
            try await store.write { transaction in for message in messages { _ = try transaction.insert(message) } }
            let claimed = await withTaskGroup(of: [String].self, returning: [String].self) { group in
                for number in 0..<4 {
                    group.addTask {
                        let batch = try? await store.write { transaction in
                            try transaction.claimDueMessages(at: Samples.now, limit: 2, holder: "\(number)")
                        }
                        return (batch ?? []).map(\.id)
                    }
                }
                return await group.reduce(into: []) { $0 += $1 }
            }
            #expect(claimed.sorted() == ["m1", "m2", "m3", "m4", "m5"])
            let hasMore = try await store.read { try $0.hasDueMessages(at: Samples.now) }
            #expect(!hasMore)
        },
        Case("A completed message keeps no envelope; a failed one keeps envelope and reason") { suite in
            let store = try await suite.deployed().messaging
            let messages = [try Samples.message("one"), try Samples.message("two")]
            let found = try await store.write { transaction in
                for message in messages { _ = try transaction.insert(message) }
                _ = try transaction.claimDueMessages(at: Samples.now, limit: 2, holder: "h")
                _ = try transaction.completeMessage("one", at: Samples.now)
                _ = try transaction.failMessage("two", at: Samples.now, reason: "nobody there")
                return try (transaction.message("one"), transaction.message("two"))
            }
            #expect(found.0?.state == .completed && found.0?.sealedEnvelope == [])
            #expect(found.1?.state == .failed && found.1?.reason == "nobody there")
            #expect(found.1?.sealedEnvelope == messages[1].sealedEnvelope)
        },
        Case("Only a message in delivery can be completed, retried or failed") { suite in
            let store = try await suite.deployed().messaging
            let message = try Samples.message("one")
            _ = try await store.write { try $0.insert(message) }
            let done = try await store.write { transaction in
                try (
                    transaction.completeMessage("one", at: Samples.now),
                    transaction.retryMessage("one", dueAt: Samples.now, reason: ""),
                    transaction.failMessage("none", at: Samples.now, reason: "")
                )
            }
            #expect(done == (false, false, false))
        },
        Case("Messages of a stopped flow are held, and released with the time they lost") { suite in
            let store = try await suite.deployed()
            let messages = [try Samples.message("waits"), try Samples.message("travels")]
            let flow = messages[0].flow
            let record = FlowRecord(flow: try Samples.flow(), status: .undeployed)
            let later = Samples.now.addingTimeInterval(1000)
            try await store.messaging.write { transaction in
                _ = try transaction.insert(messages[1])
                _ = try transaction.claimDueMessages(at: Samples.now, limit: 1, holder: "h")
                _ = try transaction.insert(messages[0])
                try transaction.save(record)
                try transaction.holdMessages(of: flow, at: Samples.now)
                _ = try transaction.retryMessage("travels", dueAt: Samples.now, reason: "not reached")
            }
            let held = try await store.messaging.read { try $0.messageCounts()[flow] }
            #expect(held == [.held: 2])
            let undelivered = try await store.renewal.read { try $0.undeliveredMessages(of: "orders") }
            #expect(undelivered == 2)
            let claimed = try await store.messaging.write { transaction in
                let none = try transaction.claimDueMessages(at: later, limit: 9, holder: "h")
                try transaction.save(FlowRecord(flow: record.flow, status: .deployed))
                try transaction.releaseHeldMessages(of: flow, at: later)
                return (none, try transaction.claimDueMessages(at: later, limit: 9, holder: "h"))
            }
            #expect(claimed.0.isEmpty)
            #expect(claimed.1.map(\.deadline) == Array(repeating: later.addingTimeInterval(300), count: 2))
        },
        Case("What a former process was delivering is due again") { suite in
            let store = try await suite.deployed().messaging
            let message = try Samples.message("one")
            try await store.write { transaction in
                _ = try transaction.insert(message)
                _ = try transaction.claimDueMessages(at: Samples.now, limit: 1, holder: "h")
            }
            let again = try await suite.open().messaging
            let found = try await again.write { transaction in
                try transaction.takeBackMessages(heldBy: "h", at: Samples.now)
                return try transaction.claimDueMessages(at: Samples.now, limit: 1, holder: "h")
            }
            #expect(found.map(\.attempts) == [2])
        },
    ]

    /// A store with the flow `orders` deployed.
    func deployed() async throws -> Store {
        let store = try await open()
        let record = FlowRecord(flow: try Samples.flow(), status: .deployed)
        try await store.messaging.write { try $0.save(record) }
        return store
    }
}
