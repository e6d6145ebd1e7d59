import Synchronization
import TestSupport
import Testing

@Suite("A receiver that fails", .serialized)
struct ReceiverFaultTests {
    @Test(
        "Slow, resetting, answering garbage, closing half of the connection or silent, it gets each message until it takes it, then never again"
    )
    func manners() async throws {
        let random = Mutex(Seed.generator())
        try await FaultWorld.run { world in
            try await world.disturb(notices: 6, orders: 4) {
                world.receiver.set(drawing: {
                    random.withLock { FaultyReceiver.Manner.allCases.randomElement(using: &$0) ?? .take }
                })
                try await wait(for: "every failure to have happened") {
                    let state = world.journal.state
                    return state.receipts.values.joined().count > 120 && state.accepted.count > 60
                }
                world.receiver.set(.take)
            }
            let state = world.journal.state
            #expect(state.receipts.values.contains { !$0[0].isTaken && $0.contains(where: \.isTaken) })
        }
    }
}
