import Foundation

/// A plain TCP connection to 127.0.0.1, for what an HTTP client would not do.
final class TenantSocket {
    /// Why there is no connection.
    struct NotConnected: Error {}

    private let descriptor: Int32

    init(port: Int) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var patience = timeval(tv_sec: 20, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        let status = withUnsafePointer(to: &address) { address in
            address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard status == 0 else { throw NotConnected() }
    }

    deinit { close(descriptor) }

    func send(_ text: String) {
        let octets = Array(text.utf8)
        _ = Foundation.send(descriptor, octets, octets.count, Int32(MSG_NOSIGNAL))
    }

    /// What comes until `end` is in it, or the other side has closed.
    func receive(until end: String) -> String {
        var text = ""
        var octets = [UInt8](repeating: 0, count: 4096)
        while !text.contains(end) {
            let count = recv(descriptor, &octets, octets.count, 0)
            guard count > 0 else { break }
            text += String(decoding: octets[..<count], as: UTF8.self)
        }
        return text
    }

    /// Whether the other side has closed, within the socket's patience.
    func isClosedByPeer() -> Bool {
        var octets = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = recv(descriptor, &octets, octets.count, 0)
            if count <= 0 { return count == 0 || errno != EAGAIN }
        }
    }
}
