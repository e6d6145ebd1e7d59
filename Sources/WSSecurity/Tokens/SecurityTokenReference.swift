import Cryptography
import XML
import XMLEncryption
import XMLSignature

/// `wsse:SecurityTokenReference` (WSS SOAP Message Security 1.1.1 section 7).
extension TokenReader {
    /// What the element names.
    func reference(_ node: NodeID) throws(SecurityFault) -> NamedKey {
        var children = document.elements(in: node).makeIterator()
        guard let child = children.next(), children.next() == nil else {
            throw SecurityFault(.invalidSecurity, "wsse:SecurityTokenReference must hold one element")
        }
        let name = document.name(of: child)
        let (named, type): (NamedKey, String?)
        switch (name.namespace, name.localName) {
        case (WSSNamespace.extension, "Reference"): (named, type) = try direct(child)
        case (WSSNamespace.extension, "Embedded"): (named, type) = try embedded(child)
        case (WSSNamespace.extension, "KeyIdentifier"): (named, type) = try keyIdentifier(child)
        case (XMLSignatureNamespace.signature, "X509Data"): (named, type) = (.hinted(try x509Data(child)), nil)
        case (XMLSignatureNamespace.signature, "KeyName"): (named, type) = (.hinted(try keyName(child)), nil)
        default: throw unsupported(child, in: "wsse:SecurityTokenReference")
        }
        try checkTokenType(of: node, named, type)
        return named
    }

    /// `wsse:Reference` to a token of this header (section 7.2).
    private func direct(_ node: NodeID) throws(SecurityFault) -> (NamedKey, String?) {
        guard let uri = document.attribute("URI", of: node), let id = SameDocumentReference.id(in: uri),
            allowsForeignIdentifiers || id.isNCName,
            let token = elements[id], document.parent(of: token) == header
        else {
            throw SecurityFault(.securityTokenUnavailable, "wsse:Reference does not lead to one token of this header")
        }
        let (named, type) = try self.token(token)
        let valueType = document.attribute("ValueType", of: node)
        // References to assertions are written with and without a type, and with types of other profiles.
        guard valueType == nil || valueType == type || type == nil else {
            throw SecurityFault(.invalidSecurity, "the ValueType of wsse:Reference is not that of its token")
        }
        return (named, type)
    }

    /// `wsse:Embedded` with a token of its own (section 7.4).
    private func embedded(_ node: NodeID) throws(SecurityFault) -> (NamedKey, String?) {
        var children = document.elements(in: node).makeIterator()
        guard let token = children.next(), children.next() == nil else {
            throw SecurityFault(.invalidSecurity, "wsse:Embedded must hold one token")
        }
        return try self.token(token)
    }

    private func token(_ node: NodeID) throws(SecurityFault) -> (NamedKey, String?) {
        if document.isNamed(node, "BinarySecurityToken", in: WSSNamespace.extension) {
            let token = try BinarySecurityToken(reading: node, by: self)
            return (.hinted(KeyHints(.certificate(token.certificate), token: node)), token.valueType)
        }
        let name = document.name(of: node)
        switch (name.namespace, name.localName) {
        case (XMLEncryptionNamespace.encryption, "EncryptedKey"):
            return (.encryptedKey(node), WSSIdentifier.encryptedKey)
        case (SAMLNamespace.assertion11, "Assertion"), (SAMLNamespace.assertion20, "Assertion"):
            return (.assertion(node), nil)
        default: throw unsupported(node, in: "a token reference")
        }
    }

    /// `wsse11:TokenType`, where it is written, must be that of what is named (section 7.1).
    private func checkTokenType(of node: NodeID, _ named: NamedKey, _ type: String?) throws(SecurityFault) {
        guard let tokenType = document.attribute("TokenType", in: WSSNamespace.extension11, of: node) else { return }
        let isFit =
            switch named {
            case .hinted: type.map { $0 == tokenType } ?? WSSIdentifier.certificateTypes.contains(tokenType)
            case .encryptedKey: tokenType == WSSIdentifier.encryptedKey
            case .assertion: tokenType == WSSIdentifier.samlV11 || tokenType == WSSIdentifier.samlV20
            }
        guard isFit else {
            throw SecurityFault(.invalidSecurity, "wsse11:TokenType is not the type of the token that is named")
        }
    }
}

extension WSSIdentifier {
    fileprivate static let certificateTypes: Set<String> = [x509v3, x509PKIPathv1, pkcs7, encryptedKey]
}
