import Cryptography
import XML
import XMLEncryption
import XMLSignature

/// Reads what names keys in one Security header; tokens that are named must stand in it.
struct TokenReader {
    let document: XMLDocument
    let elements: ElementIndex
    let header: NodeID
    let keys: any TrustedKeys
    let allowsForeignIdentifiers: Bool

    init(
        document: XMLDocument,
        elements: ElementIndex,
        header: NodeID,
        keys: any TrustedKeys,
        allowsForeignIdentifiers: Bool = false
    ) {
        self.document = document
        self.elements = elements
        self.header = header
        self.keys = keys
        self.allowsForeignIdentifiers = allowsForeignIdentifiers
    }

    /// What `keyInfo` names; several children must all name one certificate or public key.
    func namedKey(in keyInfo: KeyInfo) throws(SecurityFault) -> NamedKey {
        let first = try namedKey(of: keyInfo.content)
        guard !keyInfo.further.isEmpty else { return first }
        var hints: [KeyHint] = []
        var token: NodeID?
        for node in [keyInfo.content] + keyInfo.further {
            guard case .hinted(let named) = try namedKey(of: node) else {
                throw SecurityFault(.invalidSecurity, "a wrapped key or an assertion must be alone in ds:KeyInfo")
            }
            hints += named.all
            token = token ?? named.token
        }
        guard let named = KeyHints(hints, token: token) else {
            throw SecurityFault(.invalidSecurity, "ds:KeyInfo names no key")
        }
        return .hinted(named)
    }

    private func namedKey(of node: NodeID) throws(SecurityFault) -> NamedKey {
        if document.isNamed(node, "SecurityTokenReference", in: WSSNamespace.extension) { return try reference(node) }
        let name = document.name(of: node)
        switch (name.namespace, name.localName) {
        case (XMLSignatureNamespace.signature, "X509Data"): return .hinted(try x509Data(node))
        case (XMLSignatureNamespace.signature, "KeyName"): return .hinted(try keyName(node))
        case (XMLSignatureNamespace.signature, "KeyValue"):
            let key = try securityFault(fromSignature: KeyValue.publicKey(inKeyValue: node, of: document))
            return .hinted(KeyHints(.publicKey(subjectPublicKeyInfo: key.spki)))
        case (XMLSignatureNamespace.signature11, "DEREncodedKeyValue"):
            let key = try securityFault(fromSignature: KeyValue.publicKey(inDEREncodedKeyValue: node, of: document))
            return .hinted(KeyHints(.publicKey(subjectPublicKeyInfo: key.spki)))
        case (XMLEncryptionNamespace.encryption, "EncryptedKey"): return .encryptedKey(node)
        default: throw unsupported(node, in: "ds:KeyInfo")
        }
    }

    func keyName(_ node: NodeID) throws(SecurityFault) -> KeyHints {
        let name = document.text(of: node).trimmingXMLSpace()
        guard !name.isEmpty else { throw SecurityFault(.invalidSecurity, "ds:KeyName is empty") }
        return KeyHints(.keyName(name))
    }

    func unsupported(_ node: NodeID, in parent: String) -> SecurityFault {
        let name = document.name(of: node).description.prefix(256)
        return SecurityFault(.unsupportedSecurityToken, "\(name) in \(parent) is not supported")
    }
}
