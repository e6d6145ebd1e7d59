import Glibc

/// A connection to the tenant that is broken off as a test wants it.
final class RawConnection {
    private let socket: Int32

    init(port: Int) throws {
        socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(port).bigEndian)
        address.sin_addr.s_addr = UInt32(INADDR_LOOPBACK).bigEndian
        let status = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard status == 0 else {
            close(socket)
            throw InVain(description: "no connection to port \(port): errno \(errno)")
        }
    }

    /// Sends what the tenant takes of `octets`.
    func send(_ octets: some Collection<UInt8>) {
        let octets = Array(octets)
        _ = Glibc.send(socket, octets, octets.count, Int32(MSG_NOSIGNAL))
    }

    /// Says that nothing follows, and goes on listening.
    func closeHalf() { shutdown(socket, Int32(SHUT_WR)) }

    /// What comes within five seconds, at most `limit` octets; empty at the end of the connection.
    func receive(limit: Int = 4096) -> [UInt8] {
        var bound = timeval(tv_sec: 5, tv_usec: 0)
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &bound, socklen_t(MemoryLayout<timeval>.size))
        var octets = [UInt8](repeating: 0, count: limit)
        let count = recv(socket, &octets, limit, 0)
        return Array(octets.prefix(max(count, 0)))
    }

    /// Closes the connection; with a reset, the tenant hears of it at once.
    func end(resetting: Bool) {
        if resetting {
            var lingering = linger(l_onoff: 1, l_linger: 0)
            setsockopt(socket, SOL_SOCKET, SO_LINGER, &lingering, socklen_t(MemoryLayout<linger>.size))
        }
        close(socket)
    }
}
