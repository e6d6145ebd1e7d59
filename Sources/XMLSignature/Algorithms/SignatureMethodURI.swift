import Cryptography

extension SignatureMethod {
    /// The URI, without parameters.
    public var uri: String {
        switch self {
        case .rsaSHA1: Self.signature + "rsa-sha1"
        case .rsaSHA224: Self.more2001 + "rsa-sha224"
        case .rsaSHA256: Self.more2001 + "rsa-sha256"
        case .rsaSHA384: Self.more2001 + "rsa-sha384"
        case .rsaSHA512: Self.more2001 + "rsa-sha512"
        case .rsaMGF1(let digest): Self.more2007 + Self.word(digest) + "-rsa-MGF1"
        case .rsaPSS: Self.rsaPSSURI
        case .ecdsaSHA1: Self.more2001 + "ecdsa-sha1"
        case .ecdsaSHA224: Self.more2001 + "ecdsa-sha224"
        case .ecdsaSHA256: Self.more2001 + "ecdsa-sha256"
        case .ecdsaSHA384: Self.more2001 + "ecdsa-sha384"
        case .ecdsaSHA512: Self.more2001 + "ecdsa-sha512"
        case .ed25519: Self.more2021 + "eddsa-ed25519"
        case .hmac(.sha1): Self.signature + "hmac-sha1"
        case .hmac(let digest): Self.more2001 + "hmac-" + Self.word(digest)
        }
    }

    /// The URI of RSA-PSS whose parameters stand in the element.
    static let rsaPSSURI = more2007 + "rsa-pss"

    /// The methods that a URI says all of, by URI.
    static let byURI = Dictionary(uniqueKeysWithValues: plainMethods.map { ($0.uri, $0) })

    private static let plainMethods = allCases.filter { $0.uri != rsaPSSURI }
    private static let signature = XMLSignatureNamespace.signature
    private static let more2001 = "http://www.w3.org/2001/04/xmldsig-more#"
    private static let more2007 = XMLSignatureNamespace.more2007
    private static let more2021 = "http://www.w3.org/2021/04/xmldsig-more#"

    private static func word(_ digest: DigestAlgorithm) -> String {
        switch digest {
        case .sha1: "sha1"
        case .sha224: "sha224"
        case .sha256: "sha256"
        case .sha384: "sha384"
        case .sha512: "sha512"
        }
    }
}
