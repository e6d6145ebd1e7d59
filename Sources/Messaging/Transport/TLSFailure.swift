import NIOSSL

/// What went wrong with TLS, in words for the log and for a message's row.
package enum TLSFailure {
    /// The cause; `nil` when `error` is no matter of TLS.
    package static func reason(of error: any Error) -> String? {
        switch error {
        case let error as NIOSSLExtraError: error.description
        case is NIOSSLError, is BoringSSLError: words(of: "\(error)")
        default: nil
        }
    }

    /// BoringSSL's own name of the cause, such as `certificate verify failed`.
    private static func words(of text: String) -> String {
        let names = text.split(separator: "OPENSSL_internal:").dropFirst()
            .map { $0.prefix { $0.isLetter || $0.isNumber || $0 == "_" } }
        guard let name = names.first else {
            return text.contains("EOF") ? "the connection was closed during the handshake" : text
        }
        return name.lowercased().replacing("_", with: " ")
    }
}
