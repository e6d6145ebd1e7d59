import ManagementAPI
import Testing

@Suite("A flow that is changed", .serialized)
struct FlowChangeTests {
    @Test("A hundred times under load, it drops no message and turns none away")
    func changes() async throws {
        try await FaultWorld.run { world in
            try await world.disturb {
                let api = await world.development
                for number in 1...100 {
                    let terms = "guaranteed: \(432000 + number),"
                    _ = try await api.putFlow(
                        "notices",
                        yaml: world.files.notices.replacing("guaranteed: 432000,", with: terms)
                    )
                    _ = try await api.putFlow("orders", yaml: world.files.orders)
                }
            }
            let state = world.journal.state
            #expect(state.unanswered == 0 && state.refusals.isEmpty)
        }
    }
}
