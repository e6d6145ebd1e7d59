import Foundation
import Testing

@Suite("A tenant that crashes", .serialized)
struct CoreDumpTests {
    @Test(
        "By a signal that dumps core, it leaves neither one nor a backtrace, and starts again with all that it accepted",
        arguments: [SIGABRT, SIGSEGV]
    )
    func crash(_ signal: Int32) async throws {
        try await FaultWorld.run { world in
            try await world.disturb {
                try await wait(for: "traffic") { world.journal.state.accepted.count > 5 }
                #expect(try await world.coreLimit() == "0 0")
                try await world.crash(signal)
                let files = try FileManager.default.contentsOfDirectory(atPath: world.folder.path)
                #expect(await !world.log.contains("crashed"), "a backtrace shows what memory held")
                #expect(!files.contains { $0.hasPrefix("core") })
                try await world.start()
            }
        }
    }
}
