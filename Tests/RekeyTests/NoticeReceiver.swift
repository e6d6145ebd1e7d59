import Foundation

/// A service manager's end of the notification socket.
final class NoticeReceiver {
    let path: String
    private let descriptor: Int32

    init(in folder: URL) throws {
        path = folder.appending(path: "notify").path
        descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
        var patience = timeval(tv_sec: 30, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        let status = withUnsafePointer(to: &address) { address in
            address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard status == 0 else { throw TenantSocket.NotConnected() }
    }

    deinit { close(descriptor) }

    /// The next notice; empty when none comes in half a minute.
    func next() -> String {
        var octets = [UInt8](repeating: 0, count: 4096)
        let count = recv(descriptor, &octets, octets.count, 0)
        return String(decoding: octets[..<max(count, 0)], as: UTF8.self)
    }
}
