import Synchronization
import Testing

@testable import PartnerSystem

@Suite("Sending gate", .timeLimit(.minutes(1)))
struct SendingGateTests {
    @Test("a stop returns only after the open attempt has ended")
    func closeWaits() async throws {
        let gate = SendingGate(isOpen: true)
        let hasEnded = Flag()
        let (inside, enter) = AsyncStream.makeStream(of: Void.self)
        let (allowed, allow) = AsyncStream.makeStream(of: Void.self)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await gate.pass {
                    enter.yield()
                    _ = await allowed.first { true }
                    hasEnded.raise()
                }
            }
            _ = await inside.first { true }
            group.addTask {
                await gate.close()
                #expect(hasEnded.isRaised)
            }
            while gate.isOpen { await Task.yield() }
            allow.yield()
            try await group.waitForAll()
        }
    }

    @Test("while it is closed nothing passes; the start lets it")
    func closedHolds() async throws {
        let gate = SendingGate(isOpen: false)
        let passed = Flag()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await gate.pass { passed.raise() } }
            for _ in 0..<1000 { await Task.yield() }
            #expect(passed.isRaised == false)
            gate.open()
            try await group.waitForAll()
        }
        #expect(passed.isRaised)
    }

    @Test("who waits at a closed gate can be cancelled")
    func cancellation() async {
        let gate = SendingGate(isOpen: false)
        await withTaskGroup(of: Bool.self) { group in
            group.addTask {
                do {
                    try await gate.waitUntilOpen()
                    return false
                } catch {
                    return error is CancellationError
                }
            }
            group.cancelAll()
            #expect(await group.next() == true)
        }
    }
}

/// Something that happens once.
private final class Flag: Sendable {
    private let state = Mutex(false)

    var isRaised: Bool { state.withLock { $0 } }

    func raise() {
        state.withLock { $0 = true }
    }
}
