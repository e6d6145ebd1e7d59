import Cryptography
import XML

/// Writes `wsse:SecurityTokenReference` and the tokens that it needs; the prefixes `wsse`, `wsu` and `ds` must be bound.
struct SecurityTokenReferenceWriter {
    let reference: KeyReference
    let certificate: Certificate
    /// The id of the token, where the certificate travels as one.
    let tokenID: String

    /// The `wsse:BinarySecurityToken`; empty where the reference needs none.
    var token: String {
        guard reference == .binarySecurityToken else { return "" }
        return "<wsse:BinarySecurityToken EncodingType=\"\(WSSIdentifier.base64Binary)\""
            + " ValueType=\"\(WSSIdentifier.x509v3)\" wsu:Id=\"\(tokenID)\">"
            + Base64.encode(certificate.der) + "</wsse:BinarySecurityToken>"
    }

    /// The content of `ds:KeyInfo`.
    var text: String { "<wsse:SecurityTokenReference>\(content)</wsse:SecurityTokenReference>" }

    private var content: String {
        switch reference {
        case .binarySecurityToken: return "<wsse:Reference URI=\"#\(tokenID)\" ValueType=\"\(WSSIdentifier.x509v3)\"/>"
        case .issuerSerial:
            return "<ds:X509Data><ds:X509IssuerSerial><ds:X509IssuerName>\(XMLEscaping.text(certificate.issuer))"
                + "</ds:X509IssuerName><ds:X509SerialNumber>\(certificate.serialNumber)</ds:X509SerialNumber>"
                + "</ds:X509IssuerSerial></ds:X509Data>"
        case .subjectKeyIdentifier:
            return keyIdentifier(certificate.keyIdentifier, type: WSSIdentifier.x509SubjectKeyIdentifier)
        case .thumbprint: return keyIdentifier(certificate.thumbprint, type: WSSIdentifier.thumbprintSHA1)
        }
    }

    private func keyIdentifier(_ octets: [UInt8], type: String) -> String {
        "<wsse:KeyIdentifier EncodingType=\"\(WSSIdentifier.base64Binary)\" ValueType=\"\(type)\">"
            + Base64.encode(octets) + "</wsse:KeyIdentifier>"
    }

    /// The content of the `ds:KeyInfo` of data encrypted under the wrapped key with that id; binds its own prefixes.
    static func encryptedKey(id: String) -> String {
        "<wsse:SecurityTokenReference xmlns:wsse=\"\(WSSNamespace.extension)\""
            + " xmlns:wsse11=\"\(WSSNamespace.extension11)\" wsse11:TokenType=\"\(WSSIdentifier.encryptedKey)\">"
            + "<wsse:Reference URI=\"#\(id)\"/></wsse:SecurityTokenReference>"
    }
}
