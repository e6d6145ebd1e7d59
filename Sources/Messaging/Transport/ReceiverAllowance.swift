/// A host, and its port, to which flows may send.
package struct ReceiverAllowance: Hashable, Sendable {
    private enum Port: Hashable {
        case any, scheme
        case number(Int)
    }

    private let host: String
    /// Whether `host` is what the hosts end in.
    private let isSuffix: Bool
    private let port: Port

    /// Reads `HOST`, `HOST:PORT` or `HOST:*`; `*.DOMAIN` stands for every host below the domain.
    ///
    /// Without a port the scheme's own is meant (443, 80). IPv6 addresses stand in brackets. `nil` when `text` is no such
    /// thing.
    package init?(_ text: String) {
        guard !text.isEmpty, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != 0x2F && $0 != 0x40 }) else {
            return nil
        }
        var host = Substring(text)
        var port = Port.scheme
        if let colon = text.lastIndex(of: ":"), !text[colon...].contains("]") {
            host = text[..<colon]
            let name = text[text.index(after: colon)...]
            if name == "*" {
                port = .any
            } else if let number = UInt16(name), number > 0 {
                port = .number(Int(number))
            } else {
                return nil
            }
        }
        isSuffix = host.hasPrefix("*.")
        if isSuffix { host = host.dropFirst() }
        guard host.count > (isSuffix ? 1 : 0), !host.contains("*") else { return nil }
        self.port = port
        self.host = Self.normalized(String(host))
        guard !self.host.contains(":") || IPAddress(self.host) != nil else { return nil }
    }

    /// Whether it stands for `host` (normalized) and `port`, where the scheme's own port is `usual`.
    func allows(_ host: String, port: Int, usual: Int) -> Bool {
        guard isSuffix ? host.hasSuffix(self.host) && host.count > self.host.count : host == self.host else {
            return false
        }
        return switch self.port {
        case .any: true
        case .scheme: port == usual
        case .number(let number): port == number
        }
    }

    /// A host for comparison: in lower case, without brackets and without the dot of the root.
    static func normalized(_ host: String) -> String {
        var host = host.lowercased()
        if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
        return host.hasSuffix(".") ? String(host.dropLast()) : host
    }
}
