import Glibc

/// A connected stream socket that blocks.
final class Socket: @unchecked Sendable {
    // Immutable after init; each is used by one thread at a time.
    private let descriptor: Int32
    private var buffer: [UInt8] = []

    init(descriptor: Int32) {
        self.descriptor = descriptor
        var on: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
    }

    /// Connects to a port of the loopback interface.
    convenience init(port: Int) throws {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = Self.loopback(port)
        let status = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard status == 0 else {
            close(descriptor)
            throw BenchError("no connection to port \(port)")
        }
        self.init(descriptor: descriptor)
    }

    static func loopback(_ port: Int) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(port).bigEndian)
        address.sin_addr.s_addr = UInt32(INADDR_LOOPBACK).bigEndian
        return address
    }

    func send(_ octets: [UInt8]) throws {
        var sent = 0
        while sent < octets.count {
            let count = octets.withUnsafeBytes { octets in
                Glibc.send(descriptor, octets.baseAddress?.advanced(by: sent), octets.count - sent, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw BenchError("the connection broke while sending") }
            sent += count
        }
    }

    /// Reads one HTTP message with a Content-Length; returns its first line and its body, `nil` at the end.
    func receive() throws -> (line: String, body: [UInt8])? {
        var head: Range<Int>?
        while head == nil {
            guard try more() else { return nil }
            head = buffer.firstRange(of: Self.blank)
        }
        guard let end = head?.lowerBound else { return nil }
        let lines = String(decoding: buffer[..<end], as: UTF8.self).split(separator: "\r\n")
        let length =
            lines.dropFirst().lazy
            .filter { $0.lowercased().hasPrefix("content-length:") }
            .compactMap { Int($0.dropFirst(15).filter(\.isNumber)) }.first ?? 0
        let total = end + 4 + length
        while buffer.count < total {
            guard try more() else { throw BenchError("the connection ended within a body") }
        }
        let body = Array(buffer[(end + 4)..<total])
        buffer.removeSubrange(..<total)
        return (lines.first.map(String.init) ?? "", body)
    }

    func end() { close(descriptor) }

    private static let blank = Array("\r\n\r\n".utf8)

    private func more() throws -> Bool {
        var part = [UInt8](repeating: 0, count: 1 << 16)
        let count = recv(descriptor, &part, part.count, 0)
        guard count >= 0 else { throw BenchError("the connection broke: errno \(errno)") }
        buffer += part.prefix(count)
        return count > 0
    }
}
