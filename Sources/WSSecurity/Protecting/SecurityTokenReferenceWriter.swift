import Cryptography
import XML
import XMLSignature

/// Writes what `ds:KeyInfo` holds to name a certificate, and the token that it needs; the prefixes `wsse`, `wsu` and `ds`
/// must be bound.
struct SecurityTokenReferenceWriter {
    let reference: KeyReference
    let certificate: Certificate
    /// The certificates above `certificate`, nearest first.
    var chain: [Certificate] = []
    /// The id of the token, where the certificate travels as one.
    let tokenID: String
    /// The name in `ds:KeyName`; `nil` = the certificate's subject.
    var keyName: String?
    /// The id of the reference itself, where a signature refers to it.
    var id: String?
    /// Whether the reference declares the prefixes that it uses, because nothing around it does.
    var declaresPrefixes = false

    private var tokenWriter: BinarySecurityTokenWriter {
        BinarySecurityTokenWriter(certificate, chain: chain, for: reference)
    }

    /// The `wsse:BinarySecurityToken` of the header.
    var token: String { tokenWriter.text(id: tokenID) }

    /// The content of `ds:KeyInfo`.
    var text: String {
        switch reference {
        case .x509Data:
            "<ds:X509Data><ds:X509Certificate>\(Base64.encode(certificate.der))</ds:X509Certificate></ds:X509Data>"
        case .keyValue: KeyValueWriter(certificate.publicKey).text
        case .keyName: "<ds:KeyName>\(XMLEscaping.text(keyName ?? certificate.subject))</ds:KeyName>"
        default:
            String(
                joining: "<wsse:SecurityTokenReference",
                attributes,
                ">",
                content,
                "</wsse:SecurityTokenReference>"
            )
        }
    }

    private var attributes: String {
        let declarations =
            declaresPrefixes
            ? " xmlns:wsse=\"\(WSSNamespace.extension)\" xmlns:wsu=\"\(WSSNamespace.utility)\"" : ""
        return declarations + (id.map { " wsu:Id=\"\($0)\"" } ?? "") + tokenType
    }

    /// A path is not told from a certificate by its reference alone (WSS X.509 Certificate Token Profile 1.1.1 section 3.2).
    private var tokenType: String {
        guard reference == .pkiPath else { return "" }
        return " xmlns:wsse11=\"\(WSSNamespace.extension11)\" wsse11:TokenType=\"\(WSSIdentifier.x509PKIPathv1)\""
    }

    private var content: String {
        switch reference {
        case .binarySecurityToken, .pkiPath, .pkcs7:
            "<wsse:Reference URI=\"#\(tokenID)\" ValueType=\"\(tokenWriter.valueType)\"/>"
        case .embedded: "<wsse:Embedded>\(embeddedToken)</wsse:Embedded>"
        case .subjectKeyIdentifier:
            keyIdentifier(certificate.keyIdentifier, type: WSSIdentifier.x509SubjectKeyIdentifier)
        case .thumbprint: keyIdentifier(certificate.thumbprint, type: WSSIdentifier.thumbprintSHA1)
        case .issuerSerial, .x509Data, .keyValue, .keyName:
            String(
                joining: "<ds:X509Data><ds:X509IssuerSerial><ds:X509IssuerName>",
                XMLEscaping.text(certificate.issuer),
                "</ds:X509IssuerName><ds:X509SerialNumber>",
                certificate.serialNumber,
                "</ds:X509SerialNumber></ds:X509IssuerSerial></ds:X509Data>"
            )
        }
    }

    private var embeddedToken: String { tokenWriter.text(id: nil) }

    private func keyIdentifier(_ octets: [UInt8], type: String) -> String {
        "<wsse:KeyIdentifier EncodingType=\"\(WSSIdentifier.base64Binary)\" ValueType=\"\(type)\">"
            + Base64.encode(octets) + "</wsse:KeyIdentifier>"
    }
}

extension SecurityTokenReferenceWriter {
    /// The token that the STR-Transform puts in the place of the reference.
    enum Dereferenced {
        /// The token's element, as it stands in the header or in the reference.
        case element(String)
        /// The canonical octets of an element that is not in the message.
        case canonical(String)
    }

    /// The token that the reference leads to; `nil` when it is no `wsse:SecurityTokenReference`.
    var dereferenced: Dereferenced? {
        switch reference {
        case .binarySecurityToken, .pkiPath, .pkcs7: .element(token)
        case .embedded: .element(embeddedToken)
        case .issuerSerial, .subjectKeyIdentifier, .thumbprint: .canonical(tokenWriter.dereferenced)
        case .x509Data, .keyValue, .keyName: nil
        }
    }

    /// The content of the `ds:KeyInfo` of data encrypted under the wrapped key with that id; binds its own prefixes.
    static func encryptedKey(id: String) -> String {
        String(
            joining: "<wsse:SecurityTokenReference xmlns:wsse=\"",
            WSSNamespace.extension,
            "\" xmlns:wsse11=\"",
            WSSNamespace.extension11,
            "\" wsse11:TokenType=\"",
            WSSIdentifier.encryptedKey,
            "\"><wsse:Reference URI=\"#",
            id,
            "\"/></wsse:SecurityTokenReference>"
        )
    }
}
