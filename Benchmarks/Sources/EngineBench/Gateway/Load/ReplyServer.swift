import Foundation
import Synchronization

/// The receiver: answers every request at once, by its path, with what was protected before.
final class ReplyServer: Sendable {
    let port: Int
    private let descriptor: Int32
    private let answers = Mutex<[String: [[UInt8]]]>([:])
    private let received = Mutex(0)

    init() throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = Socket.loopback(0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = descriptor
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
            }
        }
        guard isBound, listen(descriptor, 512) == 0 else { throw BenchError("no port for the receiver") }
        port = Int(UInt16(bigEndian: address.sin_port))
        Thread.detachNewThread { self.serve() }
    }

    /// How many messages came.
    var receivedCount: Int { received.withLock { $0 } }

    /// Answers `path` with one of `messages` in turn, or 202 when there are none.
    func answer(_ path: String, with messages: [[UInt8]]) {
        let responses = messages.map { message in
            let head =
                "HTTP/1.1 200 OK\r\nContent-Type: text/xml; charset=utf-8\r\nContent-Length: \(message.count)\r\n\r\n"
            return Array(head.utf8) + message
        }
        answers.withLock { $0[path] = responses }
    }

    private func serve() {
        while true {
            let connection = accept(descriptor, nil, nil)
            guard connection >= 0 else { continue }
            let socket = Socket(descriptor: connection)
            Thread.detachNewThread { self.serve(socket) }
        }
    }

    private func serve(_ socket: Socket) {
        while let request = try? socket.receive() {
            let path = String(request.line.split(separator: " ").dropFirst().first ?? "")
            let number = received.withLock { received in
                received += 1
                return received
            }
            let answers = answers.withLock { $0[path] ?? [] }
            let answer = answers.isEmpty ? Self.accepted : answers[number % answers.count]
            guard (try? socket.send(answer)) != nil else { break }
        }
        socket.end()
    }

    private static let accepted = Array("HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n".utf8)
}
