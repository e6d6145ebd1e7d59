import Cryptography
import XML
import XMLEncryption
import XMLSignature

/// `wsse:SecurityTokenReference` (WSS SOAP Message Security 1.1.1 section 7): what a `ds:KeyInfo` names.
enum SecurityTokenReference {
    /// A certificate's key.
    case key(KeyHint)
    /// A wrapped key of this header, by id.
    case encryptedKey(id: String)

    /// Reads the reference in `keyInfo`; tokens that it names must stand directly in `header`.
    init(
        in keyInfo: KeyInfo,
        of document: XMLDocument,
        elements: ElementIndex,
        header: NodeID,
        keys: any TrustedKeys
    ) throws(SecurityFault) {
        let node = keyInfo.content
        guard document.isNamed(node, "SecurityTokenReference", in: WSSNamespace.extension) else {
            throw SecurityFault(.unsupportedSecurityToken, "ds:KeyInfo must hold a wsse:SecurityTokenReference")
        }
        var children = document.elements(in: node).makeIterator()
        guard let child = children.next(), children.next() == nil else {
            throw SecurityFault(.invalidSecurity, "wsse:SecurityTokenReference must hold one element")
        }
        if document.isNamed(child, "Reference", in: WSSNamespace.extension) {
            self = try Self.direct(child, in: document, elements: elements, header: header, keys: keys)
        } else if document.isNamed(child, "KeyIdentifier", in: WSSNamespace.extension) {
            self = .key(try Self.keyIdentifier(child, in: document, keys: keys))
        } else if document.isNamed(child, "X509Data", in: XMLSignatureNamespace.signature) {
            let pair = try securityFault(fromSignature: X509IssuerSerial(readingX509Data: child, in: document))
            self = .key(.issuerSerial(issuer: pair.issuerName, serial: pair.serialNumber))
        } else {
            throw SecurityFault(
                .unsupportedSecurityToken,
                "\(document.name(of: child).description.prefix(256)) in wsse:SecurityTokenReference is not supported"
            )
        }
    }

    private static func direct(
        _ node: NodeID,
        in document: XMLDocument,
        elements: ElementIndex,
        header: NodeID,
        keys: any TrustedKeys
    ) throws(SecurityFault) -> SecurityTokenReference {
        guard let uri = document.attribute("URI", of: node), let id = SameDocumentReference.id(in: uri),
            let token = elements[id], document.parent(of: token) == header
        else {
            throw SecurityFault(.securityTokenUnavailable, "wsse:Reference does not lead to one token of this header")
        }
        let valueType = document.attribute("ValueType", of: node)
        if document.isNamed(token, "BinarySecurityToken", in: WSSNamespace.extension) {
            let token = try BinarySecurityToken(reading: token, in: document, keys: keys)
            guard valueType == nil || valueType == token.valueType else {
                throw SecurityFault(.invalidSecurity, "the ValueType of wsse:Reference is not that of its token")
            }
            return .key(.certificate(token.certificate))
        }
        guard document.isNamed(token, "EncryptedKey", in: XMLEncryptionNamespace.encryption) else {
            throw SecurityFault(.unsupportedSecurityToken, "wsse:Reference leads to an element that is no token")
        }
        return .encryptedKey(id: id)
    }

    private static func keyIdentifier(
        _ node: NodeID,
        in document: XMLDocument,
        keys: any TrustedKeys
    ) throws(SecurityFault) -> KeyHint {
        let encoding = document.attribute("EncodingType", of: node) ?? WSSIdentifier.base64Binary
        guard encoding == WSSIdentifier.base64Binary, let octets = document.base64Octets(of: node) else {
            throw SecurityFault(.invalidSecurity, "wsse:KeyIdentifier is not Base64")
        }
        let valueType = document.attribute("ValueType", of: node) ?? ""
        switch valueType {
        case WSSIdentifier.x509SubjectKeyIdentifier: return .subjectKeyIdentifier(octets)
        case WSSIdentifier.thumbprintSHA1: return .thumbprint(octets)
        default: return .certificate(try BinarySecurityToken.certificate(octets, valueType: valueType, keys: keys))
        }
    }
}
