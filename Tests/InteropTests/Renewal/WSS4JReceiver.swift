import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1

/// A receiver system that is WSS4J, and what its administrator does to it.
final class WSS4JReceiver {
    /// An order as the receiver remembers it.
    struct Order {
        let id: String
        let count: Int
        /// The fingerprint of the certificate that verified it last.
        let signer: String
    }

    /// Where it takes SOAP messages.
    let soapPort: Int
    private let controlPort: Int
    private let process: Process
    private let http: HTTPClient

    /// Starts it with the key pair `key` (prefix of its PEM files), answering encrypted to the certificate `recipient`.
    init(key: String, recipient: URL, clock: URL, http: HTTPClient) throws {
        let process = Process()
        process.executableURL = ForeignStack.wss4j.program
        process.arguments = [
            "receive", "key=\(key)", "to=\(recipient.path(percentEncoded: false))",
            "clock=\(clock.path(percentEncoded: false))",
        ]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let words = Self.firstLine(output.fileHandleForReading).split(separator: "\t").map(String.init)
        guard words.count == 3, let soap = Int(words[1]), let control = Int(words[2]) else {
            process.terminate()
            throw PeerFailure(reason: "the WSS4J receiver did not start: \(words)")
        }
        self.process = process
        self.http = http
        soapPort = soap
        controlPort = control
    }

    func stop() {
        guard process.isRunning else { return }
        process.terminate()
        process.waitUntilExit()
    }

    /// Accepts what this certificate verifies, beside what it accepted before.
    func trust(_ certificate: String) async throws {
        _ = try await ask("trust", certificate)
    }

    /// Accepts it no longer.
    func distrust(_ certificate: String) async throws {
        _ = try await ask("distrust", certificate)
    }

    /// The orders in their order of arrival.
    func received() async throws -> [Order] {
        try await ask("received").split(separator: "\n")
            .map { line in
                let words = line.split(separator: "\t").map(String.init)
                return Order(id: words[0], count: Int(words[1]) ?? 0, signer: words[2])
            }
    }

    /// Why it refused messages.
    func refused() async throws -> [String] {
        try await ask("refused").split(separator: "\n").map(String.init)
    }

    private func ask(_ path: String, _ body: String? = nil) async throws -> String {
        var request = HTTPClientRequest(url: "http://127.0.0.1:\(controlPort)/\(path)")
        if let body {
            request.method = .POST
            request.body = .bytes(ByteBuffer(string: body))
        }
        let response = try await http.execute(request, timeout: .seconds(10))
        let text = String(buffer: try await response.body.collect(upTo: 16 << 20))
        guard response.status == .ok else { throw PeerFailure(reason: "WSS4J receiver: \(text)") }
        return text
    }

    private static func firstLine(_ handle: FileHandle) -> String {
        var line = Data()
        while let octet = try? handle.read(upToCount: 1), let first = octet.first, first != UInt8(ascii: "\n") {
            line.append(first)
        }
        return String(decoding: line, as: UTF8.self)
    }
}
