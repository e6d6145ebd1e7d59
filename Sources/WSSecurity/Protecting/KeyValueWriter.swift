import Cryptography

/// Writes the public key itself (XML Signature 1.1 sections 4.5.2 and 4.5.9); `ds` must be bound.
struct KeyValueWriter {
    private let key: PublicKey

    init(_ key: PublicKey) { self.key = key }

    /// `ds:KeyValue` of RSA and EC keys, `dsig11:DEREncodedKeyValue` of all others.
    var text: String {
        switch key.numbers {
        case .rsa(let modulus, let exponent):
            "<ds:KeyValue><ds:RSAKeyValue><ds:Modulus>\(Base64.encode(modulus))</ds:Modulus>"
                + "<ds:Exponent>\(Base64.encode(exponent))</ds:Exponent></ds:RSAKeyValue></ds:KeyValue>"
        case .ec(let curve, let point):
            "<ds:KeyValue><dsig11:ECKeyValue xmlns:dsig11=\"\(Self.namespace)\">"
                + "<dsig11:NamedCurve URI=\"urn:oid:\(curve.objectIdentifier)\"/>"
                + "<dsig11:PublicKey>\(Base64.encode(point))</dsig11:PublicKey></dsig11:ECKeyValue></ds:KeyValue>"
        case nil:
            "<dsig11:DEREncodedKeyValue xmlns:dsig11=\"\(Self.namespace)\">\(Base64.encode(key.spki))"
                + "</dsig11:DEREncodedKeyValue>"
        }
    }

    private static let namespace = "http://www.w3.org/2009/xmldsig11#"
}

extension EllipticCurve {
    /// The object identifier (RFC 5480 section 2.1.1.1).
    fileprivate var objectIdentifier: String {
        switch self {
        case .p256: "1.2.840.10045.3.1.7"
        case .p384: "1.3.132.0.34"
        case .p521: "1.3.132.0.35"
        }
    }
}
