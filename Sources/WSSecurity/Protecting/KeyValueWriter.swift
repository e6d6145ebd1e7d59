import Cryptography
import XMLSignature

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
            "<ds:KeyValue><dsig11:ECKeyValue xmlns:dsig11=\"\(XMLSignatureNamespace.signature11)\">"
                + "<dsig11:NamedCurve URI=\"urn:oid:\(curve.objectIdentifier)\"/>"
                + "<dsig11:PublicKey>\(Base64.encode(point))</dsig11:PublicKey></dsig11:ECKeyValue></ds:KeyValue>"
        case nil:
            "<dsig11:DEREncodedKeyValue xmlns:dsig11=\"\(XMLSignatureNamespace.signature11)\">\(Base64.encode(key.spki))"
                + "</dsig11:DEREncodedKeyValue>"
        }
    }
}
