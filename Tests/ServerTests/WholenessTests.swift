import AsyncHTTPClient
import ManagementAPI
import Messaging
import Synchronization
import Testing

@testable import Server

@Suite("After a start the management API answers from the whole")
struct WholenessTests {
    /// What needs every flow.
    enum Question: String, CaseIterable {
        case list
        case metrics
        case link
        case renewal

        func ask(_ world: World) async throws {
            switch self {
            case .list: _ = try await world.api(.developer).flows()
            case .metrics: _ = try await world.api(.administrator).metrics()
            case .link: _ = try await world.send(HTTPClientRequest(url: world.management + "/acknowledge/unknown"))
            case .renewal: _ = try await RuntimeHands(runtime: world.tenant.runtime).proofWays(of: "orders")
            }
        }
    }

    private final class Moment: Sendable {
        private let state = Mutex(false)

        var hasCome: Bool { state.withLock { $0 } }

        func come() { state.withLock { $0 = true } }
    }

    @Test(
        "What is asked while flows are read is answered when all are; probes answer at once",
        arguments: Question.allCases
    )
    func waits(_ question: Question) async throws {
        try await World.run(documentReader: "test") { world in
            let answer = Moment()
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    try await question.ask(world)
                    answer.come()
                }
                // An answer that waits for nothing is there long before so many probes.
                for _ in 0..<100 where !answer.hasCome {
                    for path in ["/livez", "/readyz"] {
                        _ = try await world.send(HTTPClientRequest(url: world.management + path))
                    }
                }
                #expect(!answer.hasCome)
                await world.tenant.runtime.readRest()
                try await group.waitForAll()
            }
        }
    }
}
