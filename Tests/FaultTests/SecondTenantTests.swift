import Foundation
import Testing

@Suite("A second tenant on one store", .serialized)
struct SecondTenantTests {
    @Test("It is refused while the first runs, and serves when the first was killed")
    func second() async throws {
        try await FaultWorld.run { world in
            try await world.disturb {
                let second = try TenantProcess(in: world.folder, log: "second.log")
                try await wait(for: "the second tenant to end") { !second.isRunning }
                #expect(second.text.contains("another tenant serves the store"), "\(second.text)")
                try await world.kill()
                try await world.start()
            }
        }
    }
}
