/// A host and a port to listen on, written `HOST:PORT`; port 0 takes a free one.
struct ListenAddress: Sendable {
    let host: String
    let port: Int

    init(_ text: String, key: String) throws(PartnerConfigurationError) {
        guard
            let colon = text.lastIndex(of: ":"),
            let port = UInt16(text[text.index(after: colon)...]),
            colon > text.startIndex
        else {
            throw PartnerConfigurationError(key: key, problem: "\(text): HOST:PORT is wanted, such as 127.0.0.1:0")
        }
        host = String(text[..<colon])
        self.port = Int(port)
    }

    var isLoopback: Bool { ["127.0.0.1", "localhost", "::1"].contains(host) }
}
