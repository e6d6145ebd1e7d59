import FoundationEssentials
import Messaging
import Testing

extension StoreConformance {
    static let deliveryCases: [Case] = [
        Case("An ordered flow gives one message at a time, and none after one that failed") { suite in
            let store = try await suite.open().messaging
            let flow = try Samples.flow(delivery: "{ordered: true}")
            let messages = try (1...3).map { try Samples.message("m\($0)") }
            let later = Samples.now.addingTimeInterval(400)
            let claimed = try await store.write { transaction in
                try transaction.save(FlowRecord(flow: flow, status: .deployed))
                for message in messages { _ = try transaction.insert(message) }
                let claim = {
                    try transaction.claimDueMessages(at: $0, limit: 9, perFlow: 9, holder: "h").map(\.id)
                }
                var claimed = [try claim(Samples.now), try claim(Samples.now)]
                _ = try transaction.retryMessage("m1", dueAt: later, reason: "nobody there")
                claimed += [try claim(Samples.now), try claim(later)]
                _ = try transaction.failMessage("m1", at: later, reason: "nobody there")
                #expect(try transaction.firstOpenMessage(of: flow.id)?.id == "m1")
                claimed.append(try claim(later))
                #expect(try !transaction.hasDueMessages(at: later, perFlow: 9))
                _ = try transaction.discardMessage("m1", at: later, reason: "no")
                claimed.append(try claim(later))
                _ = try transaction.completeMessage("m2", at: later)
                return claimed + [try claim(later)]
            }
            #expect(claimed == [["m1"], [], [], ["m1"], [], ["m2"], ["m3"]])
        },
        Case("No flow gets more than its share of deliveries under way") { suite in
            let store = try await suite.deployed().messaging
            let messages =
                try (1...4).map { try Samples.message("m\($0)") } + [try Samples.message("other", flow: "bills")]
            let claimed = try await store.write { transaction in
                try transaction.save(FlowRecord(flow: Samples.flow("bills"), status: .deployed))
                for message in messages { _ = try transaction.insert(message) }
                let claim = {
                    try transaction.claimDueMessages(at: Samples.now, limit: 9, perFlow: 2, holder: "h").map(\.id)
                }
                let first = try claim()
                #expect(try !transaction.hasDueMessages(at: Samples.now, perFlow: 2))
                _ = try transaction.completeMessage("m1", at: Samples.now)
                return [first, try claim(), try claim()]
            }
            #expect(claimed == [["m1", "m2", "other"], ["m3"], []])
        },
        Case("Due messages are found among many flows, whatever the others have") { suite in
            let store = try await suite.open().messaging
            let flows = try (0..<9).map { try Samples.flow("f\($0)") }
            let later = Samples.now.addingTimeInterval(100)
            let claimed = try await store.write { transaction in
                for flow in flows { try transaction.save(FlowRecord(flow: flow, status: .deployed)) }
                // Of nine flows two have something due, one something later, one is undeployed, one has ended.
                for (name, flow) in [("a", "f1"), ("b", "f7"), ("u", "f3"), ("e", "f5")] {
                    _ = try transaction.insert(Samples.message(name, flow: flow))
                }
                _ = try transaction.insert(Samples.message("l", flow: "f8", due: 60))
                try transaction.save(FlowRecord(flow: flows[3], status: .undeployed))
                _ = try transaction.claimDueMessages(at: Samples.now, limit: 9, perFlow: 1, holder: "h")
                for name in ["a", "e"] { _ = try transaction.completeMessage(name, at: Samples.now) }
                _ = try transaction.retryMessage("b", dueAt: Samples.now, reason: "nobody there")
                _ = try transaction.insert(Samples.message("c", flow: "f1"))
                #expect(try transaction.hasDueMessages(at: Samples.now, perFlow: 1))
                let first = try transaction.claimDueMessages(at: Samples.now, limit: 9, perFlow: 1, holder: "h")
                let second = try transaction.claimDueMessages(at: later, limit: 9, perFlow: 1, holder: "h")
                #expect(try !transaction.hasDueMessages(at: later, perFlow: 1))
                return [first, second].map { $0.map(\.id).sorted() }
            }
            #expect(claimed == [["b", "c"], ["l"]])
        },
        Case("A message that was delivered while its sender waited is there as completed, once") { suite in
            let store = try await suite.deployed().messaging
            let message = try Samples.message("one")
            let found = try await store.write { transaction in
                let done = try (1...2).map { _ in try transaction.insertCompleted(message, at: Samples.now) }
                #expect(done == [true, false])
                let isNew = try transaction.insert(message)
                #expect(!isNew)
                return try transaction.message(named: "urn:one", of: message.flow)
            }
            #expect(found?.state == .completed && found?.sealedEnvelope == [] && found?.endedAt == Samples.now)
        },
        Case("What a flow stores is counted by the hour") { suite in
            let store = try await suite.deployed().messaging
            let messages = try (1...3).map { try Samples.message("m\($0)", accepted: Double($0) * 2400) }
            let intake = try await store.write { transaction in
                for message in messages { _ = try transaction.insert(message) }
                _ = try transaction.insert(messages[0])
                return try transaction.intake(of: Samples.flowID(), since: Samples.now)
            }
            #expect(intake.map(\.messageCount) == [1, 1, 1])
            #expect(intake.reduce(0) { $0 + $1.octetCount } == 6)
            #expect(intake.first?.hour == Date(timeIntervalSince1970: 1_798_761_600))
        },
        Case("A store says how much room it has") { suite in
            let space = try await suite.open().messaging.space()
            #expect(space.map { $0.freeOctetCount > 0 } ?? true)
        },
    ]
}
