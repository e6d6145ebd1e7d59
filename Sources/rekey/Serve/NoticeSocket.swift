import Foundation

/// The datagram socket of systemd's notification protocol (sd_notify(3)).
struct NoticeSocket: Sendable {
    private let address: [UInt8]

    /// The socket of that name, a path or `@` and an abstract name; nil for a name that is neither.
    init?(_ name: String) {
        var octets = Array(name.utf8)
        guard let first = octets.first, octets.count < MemoryLayout.size(ofValue: sockaddr_un().sun_path) else {
            return nil
        }
        switch first {
        case UInt8(ascii: "/"): break
        case UInt8(ascii: "@"): octets[0] = 0
        default: return nil
        }
        address = octets
    }

    /// Sends what the service manager is to know; it is told at best, for nothing depends on it.
    func send(_ notice: String) {
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        var place = sockaddr_un()
        place.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &place.sun_path) { $0.copyBytes(from: address) }
        // An abstract name ends with the address, a path with its zero octet.
        let count = MemoryLayout<sa_family_t>.size + address.count + (address[0] == 0 ? 0 : 1)
        let octets = Array(notice.utf8)
        withUnsafePointer(to: &place) { place in
            place.withMemoryRebound(to: sockaddr.self, capacity: 1) { place in
                _ = sendto(descriptor, octets, octets.count, Int32(MSG_NOSIGNAL), place, socklen_t(count))
            }
        }
    }
}
