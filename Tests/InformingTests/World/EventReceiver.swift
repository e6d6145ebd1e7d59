import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import ServiceLifecycle
import Synchronization

/// A webhook's other end on loopback.
final class EventReceiver: Sendable {
    struct Taken {
        let headers: [String: String]
        let body: String
    }

    private let events = Mutex<[Taken]>([])
    private let port: Mutex<Int> = Mutex(0)

    var taken: [Taken] { events.withLock { $0 } }
    var url: String { "http://127.0.0.1:\(port.withLock { $0 })/events" }

    /// Runs `body` with a receiver that answers so.
    static func run(status: Int = 204, _ body: @Sendable @escaping (EventReceiver) async throws -> Void) async throws {
        let receiver = EventReceiver()
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let (started, report) = AsyncStream<Int>.makeStream()
        let application = Application(
            responder: CallbackResponder { (request: Request, _: BasicRequestContext) in
                let buffer = try await request.body.collect(upTo: 1 << 20)
                let headers = Dictionary(
                    request.headers.map { ($0.name.canonicalName, $0.value) },
                    uniquingKeysWith: { $1 }
                )
                receiver.events.withLock { $0.append(Taken(headers: headers, body: String(buffer: buffer))) }
                return Response(status: HTTPResponse.Status(code: status), headers: [.location: receiver.url])
            },
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { report.yield($0.localAddress?.port ?? 0) },
            logger: logger
        )
        let group = ServiceGroup(services: [application], logger: logger)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            for await port in started {
                receiver.port.withLock { $0 = port }
                break
            }
            try await body(receiver)
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
    }
}
