import Foundation

/// An address of IPv4 (4 octets) or IPv6 (16 octets).
struct IPAddress: Hashable, Sendable {
    /// The address in network order.
    let octets: [UInt8]

    /// Reads the usual text of an address, in brackets or not, a zone ignored; `nil` when it is none.
    init?(_ text: String) {
        var text = Substring(text)
        if text.hasPrefix("["), text.hasSuffix("]") { text = text.dropFirst().dropLast() }
        for (family, count) in [(AF_INET, 4), (AF_INET6, 16)] {
            var octets = [UInt8](repeating: 0, count: count)
            guard inet_pton(family, String(text.prefix { $0 != "%" }), &octets) == 1 else { continue }
            self.octets = octets
            return
        }
        return nil
    }

    private init(octets: [UInt8]) { self.octets = octets }

    /// The IPv4 address that an IPv6 address stands for (RFC 4291 section 2.5.5.2, RFC 6052, RFC 3056), or the address
    /// itself.
    var destination: IPAddress {
        guard octets.count == 16, let place = Self.embeddings.first(where: { octets.starts(with: $0.prefix) })?.place
        else { return self }
        return IPAddress(octets: Array(octets[place..<(place + 4)]))
    }

    private static let embeddings: [(prefix: [UInt8], place: Int)] = [
        ([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF], 12),
        ([0x00, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0], 12),
        ([0x20, 0x02], 2),
    ]

    /// The addresses of a host, by the system's resolver; none when it knows none.
    ///
    /// Waits for the resolver: not for event loops.
    static func lookUp(_ host: String) -> [IPAddress] {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, nil, &hints, &list) == 0 else { return [] }
        defer { freeaddrinfo(list) }
        var addresses: [IPAddress] = []
        var next = list
        while let entry = next {
            var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
            let (address, length) = (entry.pointee.ai_addr, entry.pointee.ai_addrlen)
            if getnameinfo(address, length, &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST) == 0,
                let address = IPAddress(String(decoding: text.prefix { $0 != 0 }.map(UInt8.init), as: UTF8.self))
            {
                addresses.append(address)
            }
            next = entry.pointee.ai_next
        }
        return addresses
    }
}
