import Foundation
import ManagementAPI
import Testing

@Suite("A disk that is full", .serialized, .enabled(if: SmallDisk.isAllowed, "a tmpfs is mounted by root alone"))
struct DiskFullTests {
    @Test(
        "Under load it has messages turned away, loses none that was accepted, and needs no restart when there is room"
    )
    func full() async throws {
        let disk = try SmallDisk()
        defer { disk.unmount() }
        try await FaultWorld.run(folder: disk.folder) { world in
            try await world.disturb {
                try await fill(disk, world)
                try disk.clear()
                let accepted = world.journal.state.accepted.count
                try await wait(for: "messages to be accepted again") {
                    world.journal.state.accepted.count > accepted + 5
                }
            }
        }
    }

    @Test("Killed on a full disk, the tenant has all that was accepted when it starts again with room")
    func killed() async throws {
        let disk = try SmallDisk()
        defer { disk.unmount() }
        try await FaultWorld.run(folder: disk.folder) { world in
            try await world.disturb {
                try await fill(disk, world)
                try await world.kill()
                let stored = Set(try Evidence(of: world.folder).states.keys)
                #expect(world.journal.state.accepted.subtracting(stored) == [])
                try disk.clear()
                try await world.start()
            }
        }
    }

    @Test("A capture ends on a full disk and says so; no message is lost or fails for it")
    func captured() async throws {
        let disk = try SmallDisk()
        defer { disk.unmount() }
        try await FaultWorld.run(folder: disk.folder) { world in
            try await world.disturb {
                for flow in ["notices", "orders"] {
                    _ = try await world.management.captureFlow(flow, CaptureFlow(seconds: 900))
                }
                try await fill(disk, world)
                try await wait(for: "the captures to have ended for want of room") {
                    try disk.fill()
                    return try await world.management.flows().compactMap(\.capture?.ending) == ["failure", "failure"]
                }
                try disk.clear()
                let accepted = world.journal.state.accepted.count
                try await wait(for: "messages to be accepted again") {
                    world.journal.state.accepted.count > accepted + 5
                }
            }
        }
    }

    /// Fills the disk under load, and returns when messages are turned away.
    private func fill(_ disk: SmallDisk, _ world: FaultWorld) async throws {
        try await wait(for: "traffic") { world.journal.state.accepted.count > 5 }
        try await wait(for: "messages to be turned away") {
            try disk.fill()
            return world.journal.state.refusals[503] ?? 0 > 10
        }
    }
}
