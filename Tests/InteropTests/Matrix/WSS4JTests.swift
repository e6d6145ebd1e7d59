import Testing
import WSSecurity

@Suite("WSS4J", .tags(.foreign), .enabled(if: ForeignStack.isWanted, "\(ForeignStack.absence)"))
struct WSS4JTests {
    @Test("verifies and decrypts everything that Rekey protects")
    func processesOurs() async throws {
        try await Workbench(.wss4j).peerProcesses(Cell.all) { _ in nil }.report()
    }

    @Test("protects nothing that Rekey does not verify and decrypt")
    func isProcessed() async throws {
        try await Workbench(.wss4j).rekeyProcesses(Cell.all) { _ in nil }.report()
    }

    @Test("refuses a message of ours that was changed or that a stranger signed, so its consent means something")
    func refusesForgeries() async throws {
        try await Forgeries(Workbench(.wss4j)).areRefused()
    }
}
