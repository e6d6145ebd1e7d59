/// A range of addresses in the notation of CIDR (RFC 4632), such as `10.0.0.0/8` or `fd00::/8`.
package struct IPNetwork: Hashable, Sendable {
    private let address: IPAddress
    private let prefixLength: Int

    /// Reads `ADDRESS/LENGTH`, or one address; `nil` when `text` is neither, or has bits behind its length.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count <= 2, let address = IPAddress(String(parts[0])) else { return nil }
        let most = address.octets.count * 8
        guard let length = parts.count == 2 ? Int(parts[1]) : most, (0...most).contains(length) else { return nil }
        guard (length..<most).allSatisfy({ address.octets[$0 / 8] & 0x80 >> ($0 % 8) == 0 }) else { return nil }
        self.address = address
        prefixLength = length
    }

    /// Whether `other` lies in the range.
    func contains(_ other: IPAddress) -> Bool {
        guard other.octets.count == address.octets.count else { return false }
        let whole = prefixLength / 8
        guard other.octets.prefix(whole) == address.octets.prefix(whole) else { return false }
        let rest = prefixLength % 8
        guard rest > 0 else { return true }
        return (other.octets[whole] ^ address.octets[whole]) >> (8 - rest) == 0
    }

    /// The addresses that are not on the public Internet (the IANA special-purpose registries of RFC 6890, multicast).
    static let notPublic = [
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4",
        "240.0.0.0/4", "::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "fc00::/7", "fe80::/10",
        "fec0::/10", "ff00::/8",
    ]
    .compactMap(IPNetwork.init)
}
