import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Synchronization

/// A receiver on loopback that keeps requests octet for octet and answers what it is told.
final class RawReceiver: Sendable {
    /// A request as it arrived.
    struct Arrival: Sendable {
        let headers: [String: String]
        let body: [UInt8]
    }

    /// What it answers.
    struct Answer: Sendable {
        var status = 200
        var headers = ["content-type": "text/xml; charset=utf-8"]
        var body: [UInt8] = Fixtures.envelope("<m:Done xmlns:m='urn:m'/>")
    }

    private struct State {
        var arrivals: [Arrival] = []
        var answer = Answer()
        var isEcho = false
    }

    private let state = Mutex(State())
    let url: String

    private init(url: String) { self.url = url }

    var arrivals: [Arrival] { state.withLock { $0.arrivals } }

    func set(_ answer: Answer) { state.withLock { $0.answer = answer } }

    /// From now on it answers with the request's own body and type.
    func echo() { state.withLock { $0.isEcho = true } }

    /// Runs `body` with a receiver that is there for it alone.
    static func run(_ body: @Sendable (RawReceiver) async throws -> Void) async throws {
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        let known = Mutex<RawReceiver?>(nil)
        let server = Application(
            responder: CallbackResponder { (request: Request, _: BasicRequestContext) in
                let body = try await request.body.collect(upTo: 1 << 28)
                guard let receiver = known.withLock({ $0 }) else { return Response(status: .internalServerError) }
                return receiver.answer(request, [UInt8](buffer: body))
            },
            configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { port.yield($0.localAddress?.port ?? 0) },
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.runService(gracefulShutdownSignals: []) }
            guard let number = await ports.first(where: { _ in true }) else { return }
            let receiver = RawReceiver(url: "http://127.0.0.1:\(number)/raw")
            known.withLock { $0 = receiver }
            try await body(receiver)
            group.cancelAll()
        }
    }

    private func answer(_ request: Request, _ body: [UInt8]) -> Response {
        var headers: [String: String] = [:]
        for field in request.headers { headers[field.name.canonicalName] = field.value }
        let arrival = Arrival(headers: headers, body: body)
        var answer = state.withLock { state in
            state.arrivals.append(arrival)
            return state.isEcho
                ? Answer(status: 200, headers: ["content-type": headers["content-type"] ?? ""], body: body)
                : state.answer
        }
        if request.method == .get { answer.headers["content-type"] = "text/xml" }
        var fields = HTTPFields()
        for (name, value) in answer.headers {
            if let name = HTTPField.Name(name) { fields[name] = value }
        }
        return Response(
            status: .init(code: answer.status),
            headers: fields,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body))
        )
    }
}
