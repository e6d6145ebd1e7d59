import XML
import XMLEncryption
import XMLSignature

/// Names of elements with the prefixes that the standards use, whatever a message declares.
enum StandardName {
    private static let prefixes = [
        SOAPVersion.soap11.namespace: "soap",
        SOAPVersion.soap12.namespace: "soap",
        WSSNamespace.extension: "wsse",
        WSSNamespace.extension11: "wsse11",
        WSSNamespace.utility: "wsu",
        WSSNamespace.addressing: "wsa",
        XMLSignatureNamespace.signature: "ds",
        XMLSignatureNamespace.exclusiveCanonicalization: "ec",
        "http://www.w3.org/2009/xmldsig11#": "dsig11",
        XMLEncryptionNamespace.encryption: "xenc",
        XMLEncryptionNamespace.encryption11: "xenc11",
        "urn:oasis:names:tc:SAML:1.0:assertion": "saml",
        "urn:oasis:names:tc:SAML:2.0:assertion": "saml2",
        "http://docs.oasis-open.org/ws-sx/ws-secureconversation/200512": "wsc",
        "http://schemas.xmlsoap.org/ws/2005/02/sc": "wsc",
    ]

    /// `wsse:Security`, or `{namespace}name` where there is no usual prefix.
    static func text(_ name: ExpandedName) -> String {
        prefixes[name.namespace].map { $0 + ":" + name.localName } ?? name.description
    }
}

extension XMLDocument {
    /// The element's name for people, cut to 256 characters.
    func standardName(of node: NodeID) -> String { String(StandardName.text(name(of: node)).prefix(256)) }
}
