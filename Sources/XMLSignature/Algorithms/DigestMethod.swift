package import Cryptography

/// `ds:DigestMethod` (XML Signature 1.1 section 6.2, RFC 9231 section 2.1).
extension DigestAlgorithm {
    /// The URI.
    package var uri: String {
        switch self {
        case .sha1: "http://www.w3.org/2000/09/xmldsig#sha1"
        case .sha224: "http://www.w3.org/2001/04/xmldsig-more#sha224"
        case .sha256: "http://www.w3.org/2001/04/xmlenc#sha256"
        case .sha384: "http://www.w3.org/2001/04/xmldsig-more#sha384"
        case .sha512: "http://www.w3.org/2001/04/xmlenc#sha512"
        }
    }

    /// The hash with that URI; `nil` when it is unknown.
    package init?(uri: String) {
        guard let digest = Self.allCases.first(where: { $0.uri == uri }) else { return nil }
        self = digest
    }
}
