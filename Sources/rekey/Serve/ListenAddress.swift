/// Where a listener is bound.
struct ListenAddress: Hashable {
    let host: String
    let port: Int

    /// Whether only this machine reaches it.
    var isLoopback: Bool {
        host == "localhost" || host == "::1" || host.hasPrefix("127.")
    }

    /// Reads `HOST:PORT`; an IPv6 address stands in brackets, port 0 lets the system choose.
    init(_ node: ConfigurationNode) throws(ConfigurationFault) {
        let text = try node.text()
        guard
            let colon = text.lastIndex(of: ":"),
            let port = UInt16(text[text.index(after: colon)...])
        else {
            throw node.fault(
                "`\(text)` is not an address",
                mend: #"write HOST:PORT in quotes, such as "127.0.0.1:8080""#
            )
        }
        let host = text[..<colon]
        self.host = String(host.hasPrefix("[") && host.hasSuffix("]") ? host.dropFirst().dropLast() : host)
        self.port = Int(port)
    }
}
