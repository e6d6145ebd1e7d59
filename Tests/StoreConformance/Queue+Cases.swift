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
        Case("A flow is found by its path and its name, and flows page by page") { suite in
            let store = try await suite.open().messaging
            let flows = try ["a", "b", "c"].map { try Samples.flow($0) }
            for flow in flows { try await store.write { try $0.save(FlowRecord(flow: flow, status: .held)) } }
            #expect(try await store.read { try $0.storedFlow(path: "/in/b") }?.id == "b")
            #expect(try await store.read { try $0.storedFlow(path: "/in/d") } == nil)
            #expect(try await store.read { try $0.storedFlow(flows[2].id) }?.record().flow.id == flows[2].id)
            #expect(try await store.read { try $0.storedFlows(after: nil, limit: 2) }.map(\.id) == ["a", "b"])
            #expect(try await store.read { try $0.storedFlows(after: "b", limit: 2) }.map(\.id) == ["c"])
            #expect(try await store.read { try $0.storedFlow(path: "/in/a") }?.status == .held)
        },
        Case("A document counts as read by one reader, until it is another document") { suite in
            let store = try await suite.open().messaging
            let (flow, other) = (try Samples.flow("a"), try Samples.flow("b"))
            for flow in [flow, other] { try await store.write { try $0.save(FlowRecord(flow: flow, status: .held)) } }
            let unread = { (reader: String) in
                try await store.read { try $0.storedFlows(unreadBy: reader) }.map(\.id).sorted()
            }
            #expect(try await unread("one") == ["a", "b"])
            try await store.write { try $0.noteRead(["a", "b"], by: "one") }
            #expect(try await unread("one").isEmpty)
            #expect(try await unread("another") == ["a", "b"])
            try await store.write { try $0.save(FlowRecord(flow: flow, status: .deployed)) }
            #expect(try await unread("one").isEmpty)
            let changed = try Samples.flow("b", path: "/in/elsewhere")
            try await store.write { try $0.save(FlowRecord(flow: changed, status: .held)) }
            #expect(try await unread("one") == ["b"])
        },
        Case("Files are known to the reader that noted them, as they were") { suite in
            let store = try await suite.open().messaging
            let (first, second) = (FlowFile(path: "/a", mark: "1"), FlowFile(path: "/b", mark: "1"))
            try await store.write { try $0.noteFiles([first, second], readBy: "one") }
            #expect(try await store.read { try $0.flowFiles(readBy: "one") } == [first, second])
            #expect(try await store.read { try $0.flowFiles(readBy: "another") }.isEmpty)
            try await store.write { try $0.noteFiles([FlowFile(path: "/b", mark: "2")], readBy: "one") }
            let again = try await suite.open().messaging
            #expect(try await again.read { try $0.flowFiles(readBy: "one") } == [FlowFile(path: "/b", mark: "2")])
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
        Case("Messages that wait for a moment which the clock no longer comes to soon are hastened, others not") {
            suite in
            let store = try await suite.deployed().messaging
            let messages = try [("near", 60), ("far", 7200)].map { try Samples.message($0, due: $1) }
            try await store.write { transaction in for message in messages { _ = try transaction.insert(message) } }
            let moment = Samples.now.addingTimeInterval(3600)
            let count = try await store.write { try $0.hastenMessages(dueAfter: moment, to: Samples.now) }
            let claimed = try await store.write { try $0.claimDueMessages(at: Samples.now, limit: 9, holder: "h") }
            #expect(count == 1 && claimed.map(\.id) == ["far"])
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
            let hasMore = try await store.read { try $0.hasDueMessages(at: Samples.now, perFlow: 1) }
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
        Case("A failed message is delivered again or discarded; a discarded one keeps its name and the reason") {
            suite in
            let store = try await suite.deployed().messaging
            let later = Samples.now.addingTimeInterval(1000)
            let ids = ["again", "gone", "busy"]
            let messages = try ids.map { try Samples.message($0) }
            try await store.write { transaction in
                for message in messages { _ = try transaction.insert(message) }
                _ = try transaction.claimDueMessages(at: Samples.now, limit: 3, holder: "h")
                for id in ["again", "gone"] {
                    _ = try transaction.failMessage(id, at: Samples.now, reason: "nobody there")
                }
            }
            let done = try await store.write { transaction in
                try [
                    transaction.redeliverMessage("again", at: later, until: later.addingTimeInterval(300)),
                    transaction.redeliverMessage("busy", at: later, until: later),
                    transaction.discardMessage("gone", at: later, reason: "sent twice"),
                    transaction.discardMessage("busy", at: later, reason: "no"),
                    transaction.redeliverMessage("gone", at: later, until: later),
                ]
            }
            #expect(done == [true, false, true, false, false])
            let found = try await suite.open().messaging
                .read { transaction in try ids.map { try transaction.message($0) } }
            #expect(found.map { $0?.state } == [.retry, .discarded, .processing])
            #expect(
                found[0]?.deadline == later.addingTimeInterval(300)
                    && found[0]?.sealedEnvelope == messages[0].sealedEnvelope
            )
            #expect(found[1]?.reason == "sent twice" && found[1]?.sealedEnvelope == [] && found[1]?.endedAt == later)
        },
        Case("Messages are found by flow, state, name and time, the latest first, without their envelopes") { suite in
            let store = try await suite.deployed().messaging
            let messages = try (1...4).map { try Samples.message("m\($0)") }
            let found = try await store.write { transaction in
                for message in messages { _ = try transaction.insert(message) }
                _ = try transaction.claimDueMessages(at: Samples.now, limit: 1, holder: "h")
                var byState = MessageQuery()
                byState.status = .processing
                var byName = MessageQuery()
                byName.id = messages[2].messageID
                var late = MessageQuery()
                late.acceptedFrom = Samples.now.addingTimeInterval(1)
                return try [MessageQuery(limit: 2), byState, byName, late]
                    .map { try transaction.messages(matching: $0) }
            }
            #expect(found.map { $0.map(\.id) } == [["m4", "m3"], ["m4", "m3", "m2", "m1"], ["m3"], []])
            #expect(found[0].allSatisfy { $0.sealedEnvelope.isEmpty })
        },
        Case("Only messages that were completed or discarded long ago are forgotten") { suite in
            let store = try await suite.deployed().messaging
            let later = Samples.now.addingTimeInterval(1000)
            let messages = try ["done", "failed", "gone", "waits"].map { try Samples.message($0) }
            let counts = try await store.write { transaction in
                for message in messages.dropLast() { _ = try transaction.insert(message) }
                _ = try transaction.claimDueMessages(at: Samples.now, limit: 3, holder: "h")
                _ = try transaction.insert(messages[3])
                _ = try transaction.completeMessage("done", at: Samples.now)
                _ = try transaction.failMessage("failed", at: Samples.now, reason: "nobody there")
                _ = try transaction.failMessage("gone", at: Samples.now, reason: "nobody there")
                _ = try transaction.discardMessage("gone", at: Samples.now, reason: "sent twice")
                return try [
                    transaction.forgetMessages(endedBefore: Samples.now, limit: 9),
                    transaction.forgetMessages(endedBefore: later, limit: 1),
                    transaction.forgetMessages(endedBefore: later, limit: 9),
                    transaction.messages(matching: MessageQuery()).count,
                ]
            }
            #expect(counts == [0, 1, 1, 2])
        },
        Case("What a held flow accepts is held, and gets its whole delivery time when it is released") { suite in
            let store = try await suite.deployed().messaging
            let message = try Samples.message("one")
            let later = Samples.now.addingTimeInterval(1000)
            let states = try await store.write { transaction in
                try transaction.save(FlowRecord(flow: Samples.flow(), status: .held))
                _ = try transaction.insert(message)
                let before = try transaction.message("one")
                try transaction.save(FlowRecord(flow: Samples.flow(), status: .deployed))
                try transaction.releaseHeldMessages(of: message.flow, at: later)
                return (before, try transaction.message("one"))
            }
            #expect(states.0?.state == .held && states.1?.state == .waiting)
            #expect(states.1?.deadline == message.deadline.addingTimeInterval(1000))
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
        Case("What a former process was delivering on a flow that is not deployed is held") { suite in
            let store = try await suite.deployed().messaging
            let message = try Samples.message("one")
            let found = try await store.write { transaction in
                _ = try transaction.insert(message)
                _ = try transaction.claimDueMessages(at: Samples.now, limit: 1, holder: "h")
                try transaction.save(FlowRecord(flow: Samples.flow(), status: .undeployed))
                try transaction.takeBackMessages(heldBy: "other", at: Samples.now)
                let before = try transaction.message("one")
                try transaction.takeBackMessages(heldBy: "h", at: Samples.now)
                return (before, try transaction.message("one"))
            }
            #expect(found.0?.state == .processing && found.1?.state == .held)
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
