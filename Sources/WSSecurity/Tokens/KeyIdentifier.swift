import Cryptography
import XML
import XMLEncryption
import XMLSignature

/// `wsse:KeyIdentifier` (WSS SOAP Message Security 1.1.1 section 7.3).
extension TokenReader {
    /// What the element names, and the type of its token when it says so.
    func keyIdentifier(_ node: NodeID) throws(SecurityFault) -> (NamedKey, String?) {
        let valueType = document.attribute("ValueType", of: node) ?? ""
        if valueType == WSSIdentifier.samlAssertionID || valueType == WSSIdentifier.samlID {
            return (.assertion(try assertion(id: document.text(of: node).trimmingXMLSpace())), nil)
        }
        let encoding = document.attribute("EncodingType", of: node) ?? WSSIdentifier.base64Binary
        guard encoding == WSSIdentifier.base64Binary, let octets = document.base64Octets(of: node),
            !octets.isEmpty
        else { throw SecurityFault(.invalidSecurity, "wsse:KeyIdentifier is not Base64") }
        switch valueType {
        case WSSIdentifier.x509SubjectKeyIdentifier: return (.hinted(KeyHints(.subjectKeyIdentifier(octets))), nil)
        case WSSIdentifier.thumbprintSHA1: return (.hinted(KeyHints(.thumbprint(octets))), nil)
        case WSSIdentifier.encryptedKeySHA1:
            return (try encryptedKey(sha1: octets), WSSIdentifier.encryptedKey)
        default:
            let certificate = try BinarySecurityToken.certificate(octets, valueType: valueType, by: self)
            return (.hinted(KeyHints(.certificate(certificate))), valueType)
        }
    }

    /// The wrapped key of this header with that SHA-1; else it is one that came before, of which the keys may know.
    private func encryptedKey(sha1: [UInt8]) throws(SecurityFault) -> NamedKey {
        var found: [NodeID] = []
        for child in document.elements(in: header)
        where document.isNamed(child, "EncryptedKey", in: XMLEncryptionNamespace.encryption) {
            if EncryptedKey.sha1(of: child, in: document) == sha1 { found.append(child) }
        }
        guard found.count <= 1 else {
            throw SecurityFault(.invalidSecurity, "several wrapped keys have the SHA-1 that is named")
        }
        return found.first.map { .encryptedKey($0) } ?? .hinted(KeyHints(.encryptedKeySHA1(sha1)))
    }

    private func assertion(id: String) throws(SecurityFault) -> NodeID {
        guard let node = elements[id], document.parent(of: node) == header,
            document.isNamed(node, "Assertion", in: SAMLNamespace.assertion11)
                || document.isNamed(node, "Assertion", in: SAMLNamespace.assertion20)
        else {
            throw SecurityFault(
                .securityTokenUnavailable,
                "wsse:KeyIdentifier does not name an assertion of this header"
            )
        }
        return node
    }
}
