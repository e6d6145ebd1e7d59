import Cryptography

extension SignatureMethod {
    /// The URI, without parameters.
    public var uri: String {
        switch self {
        case .rsaSHA1: "http://www.w3.org/2000/09/xmldsig#rsa-sha1"
        case .rsaSHA224: "http://www.w3.org/2001/04/xmldsig-more#rsa-sha224"
        case .rsaSHA256: "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
        case .rsaSHA384: "http://www.w3.org/2001/04/xmldsig-more#rsa-sha384"
        case .rsaSHA512: "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512"
        case .rsaMGF1(.sha1): "http://www.w3.org/2007/05/xmldsig-more#sha1-rsa-MGF1"
        case .rsaMGF1(.sha224): "http://www.w3.org/2007/05/xmldsig-more#sha224-rsa-MGF1"
        case .rsaMGF1(.sha256): "http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1"
        case .rsaMGF1(.sha384): "http://www.w3.org/2007/05/xmldsig-more#sha384-rsa-MGF1"
        case .rsaMGF1(.sha512): "http://www.w3.org/2007/05/xmldsig-more#sha512-rsa-MGF1"
        case .rsaPSS: Self.rsaPSSURI
        case .ecdsaSHA1: "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha1"
        case .ecdsaSHA224: "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha224"
        case .ecdsaSHA256: "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256"
        case .ecdsaSHA384: "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384"
        case .ecdsaSHA512: "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha512"
        case .ed25519: "http://www.w3.org/2021/04/xmldsig-more#eddsa-ed25519"
        case .hmac(.sha1): "http://www.w3.org/2000/09/xmldsig#hmac-sha1"
        case .hmac(.sha224): "http://www.w3.org/2001/04/xmldsig-more#hmac-sha224"
        case .hmac(.sha256): "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256"
        case .hmac(.sha384): "http://www.w3.org/2001/04/xmldsig-more#hmac-sha384"
        case .hmac(.sha512): "http://www.w3.org/2001/04/xmldsig-more#hmac-sha512"
        }
    }

    /// The URI of RSA-PSS whose parameters stand in the element.
    static let rsaPSSURI = "http://www.w3.org/2007/05/xmldsig-more#rsa-pss"

    /// The methods that a URI says all of, by URI.
    static let byURI = Dictionary(uniqueKeysWithValues: plainMethods.map { ($0.uri, $0) })

    private static let plainMethods = allCases.filter { $0.uri != rsaPSSURI }
}
