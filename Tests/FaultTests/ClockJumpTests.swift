import Foundation
import Testing

@Suite("A clock that jumps", .serialized)
struct ClockJumpTests {
    private static let hour = 3600

    @Test("Forward and back by hours, it delays no delivery and loses nothing")
    func everyClock() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "rekey-faults-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let clock = ShiftedClock(folder: folder)
        try await FaultWorld.run(folder: folder, clock: { clock.now }) { world in
            // What travels while the clock jumps seems too old or too young to who gets it.
            try await world.disturb(isReceiversClockApart: true) {
                for seconds in [3 * Self.hour, -2 * Self.hour, 5 * Self.hour, 0] {
                    // Messages that wait for another attempt wait for a moment of the clock that is about to change.
                    world.receiver.set(.errorPage)
                    let tried = world.journal.state.receipts.count
                    try await wait(for: "failed deliveries") { world.journal.state.receipts.count > tried + 5 }
                    try await clock.jump(to: seconds)
                    world.receiver.set(.take)
                    let accepted = world.journal.state.accepted
                    try await wait(for: "deliveries after the jump to \(seconds)", within: .seconds(30)) {
                        accepted.allSatisfy(world.journal.state.isTaken)
                    }
                }
            }
        }
    }

    @Test(
        "At the tenant alone, it has messages refused that seem too old or too young, and accepts them when it is right"
    )
    func tenantsClock() async throws {
        try await FaultWorld.run { world in
            let clock = ShiftedClock(folder: world.folder)
            try await world.disturb(isReceiversClockApart: true) {
                for seconds in [Self.hour, -Self.hour] {
                    try await clock.jump(to: seconds)
                    let refused = world.journal.state.refusals[500] ?? 0
                    try await wait(for: "refusals") { world.journal.state.refusals[500] ?? 0 > refused + 5 }
                }
                try await clock.jump(to: 0)
                let accepted = world.journal.state.accepted.count
                try await wait(for: "acceptance") { world.journal.state.accepted.count > accepted + 5 }
            }
        }
    }
}
