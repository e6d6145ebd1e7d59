package import Cryptography

/// Why a `ds:Signature` was refused or could not be made.
package enum XMLSignatureError: Error, Hashable, Sendable {
    /// An element is missing, repeated, out of place or unreadable; which one, and how it must be.
    case malformed(String)
    /// An algorithm that is unknown or not allowed: the element that named it and the URI.
    case unsupportedAlgorithm(element: String, uri: String)
    /// More than a limit: of what, and how many are allowed.
    case limitExceeded(of: String, limit: Int)
    /// A reference to something other than one element of this message; its URI and why.
    case unresolvedReference(uri: String, reason: String)
    /// The digest of the element with that id is not the one in the reference.
    case digestMismatch(id: String)
    /// The signature value is not the key's over `ds:SignedInfo`.
    case signatureMismatch
    /// The key cannot sign.
    case cannotSign(CryptographyError)
}

extension XMLSignatureError: CustomStringConvertible {
    /// The cause; what a message brought is cut to 128 characters.
    package var description: String {
        switch self {
        case .malformed(let what): what
        case .unsupportedAlgorithm(let element, let uri): "\(element): algorithm \(uri.prefix(128)) is not allowed"
        case .limitExceeded(let what, let limit): "more than \(limit) \(what)"
        case .unresolvedReference(let uri, let reason): "reference \"\(uri.prefix(128))\": \(reason)"
        case .digestMismatch(let id):
            "the digest of the element with id \"\(id.prefix(128))\" differs: it was changed after it was signed"
        case .signatureMismatch:
            "the signature value does not fit SignedInfo and the key: SignedInfo was changed, or another key signed"
        case .cannotSign(let error): "signing failed: \(error)"
        }
    }
}
