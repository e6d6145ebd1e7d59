package import WSSecurity

/// Why the body of a request or response was not taken.
package enum BodyError: Error, Sendable {
    /// It has more octets than it may have, as it arrived or decompressed.
    case tooLarge(limit: Int)
    /// It becomes more than so many times as large when it is decompressed.
    case expandsTooMuch(limit: Int)
    /// It is compressed in a way that is not understood: the value of `Content-Encoding`.
    case unsupportedEncoding(String)
    /// It is not what its `Content-Encoding` says.
    case malformedEncoding
    /// A spool file could not be used.
    case file(LargeMessageError)
}

extension BodyError: CustomStringConvertible {
    /// The cause, for logs.
    package var description: String {
        switch self {
        case .tooLarge(let limit): "it has more than \(limit) octets, the limit of a message"
        case .expandsTooMuch(let limit): "it expands to more than \(limit) times its compressed size"
        case .unsupportedEncoding(let encoding): "its Content-Encoding \(encoding.prefix(64)) is not supported"
        case .malformedEncoding: "it is not the gzip stream that its Content-Encoding promises"
        case .file(let error): "\(error)"
        }
    }
}
