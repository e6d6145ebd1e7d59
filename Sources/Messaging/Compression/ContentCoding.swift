/// What HTTP's `Content-Encoding` and `Accept-Encoding` say (RFC 9110 sections 8.4 and 12.5.3).
package enum ContentCoding: Hashable, Sendable {
    /// The octets as they are.
    case identity
    /// gzip (RFC 1952).
    case gzip

    /// Reads a `Content-Encoding`; throws `unsupportedEncoding` for any other than gzip, and for several.
    package init(contentEncoding: String?) throws(BodyError) {
        let name = (contentEncoding ?? "").filter { !$0.isWhitespace }.lowercased()
        switch name {
        case "", "identity": self = .identity
        case "gzip", "x-gzip": self = .gzip
        default: throw .unsupportedEncoding(name)
        }
    }

    /// Whether an `Accept-Encoding` asks for gzip: by its name, with a weight above zero.
    package static func isGzipAccepted(_ acceptEncoding: String?) -> Bool {
        (acceptEncoding ?? "").lowercased().split(separator: ",")
            .contains { element in
                let parts = element.split(separator: ";").map { $0.filter { !$0.isWhitespace } }
                guard let name = parts.first, name == "gzip" || name == "x-gzip" else { return false }
                let weight = parts.dropFirst().first { $0.hasPrefix("q=") }.flatMap { Double($0.dropFirst(2)) }
                return (weight ?? 1) > 0
            }
    }
}
