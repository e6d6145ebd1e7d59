import Cryptography

/// Writes `wsse:BinarySecurityToken` (WSS X.509 Certificate Token Profile 1.1.1 section 3.1); `wsse` and `wsu` must be bound.
struct BinarySecurityTokenWriter {
    let valueType: String
    let octets: [UInt8]

    /// The token that `reference` wants: the certificate, or the path with its chain, which is nearest first.
    init(_ certificate: Certificate, chain: [Certificate], for reference: KeyReference) {
        switch reference {
        case .pkiPath:
            valueType = WSSIdentifier.x509PKIPathv1
            octets = CertificatePath.pkiPath(certificate, chain: chain)
        case .pkcs7:
            valueType = WSSIdentifier.pkcs7
            octets = CertificatePath.pkcs7(certificate, chain: chain)
        default:
            valueType = WSSIdentifier.x509v3
            octets = certificate.der
        }
    }

    /// The element with `id`, without one when that is `nil`.
    func text(id: String?) -> String {
        "<wsse:BinarySecurityToken EncodingType=\"\(WSSIdentifier.base64Binary)\" ValueType=\"\(valueType)\""
            + (id.map { " wsu:Id=\"\($0)\"" } ?? "") + ">" + Base64.encode(octets) + "</wsse:BinarySecurityToken>"
    }

    /// What the STR-Transform puts in the place of a reference to a token that is not in the message: in canonical form,
    /// with the empty default namespace that section 8.3 of WSS SOAP Message Security 1.1.1 demands.
    var dereferenced: String {
        "<wsse:BinarySecurityToken xmlns=\"\" xmlns:wsse=\"\(WSSNamespace.extension)\" ValueType=\"\(valueType)\">"
            + Base64.encode(octets) + "</wsse:BinarySecurityToken>"
    }
}
