import XML
import XMLEncryption
import XMLSignature

/// What an envelope says of attachments that travel with it.
///
/// Nothing here is verified.
package struct AttachmentUse: Sendable {
    /// How the Security header says that attachments are protected (WSS SOAP with Attachments Profile 1.1), or that its own values
    /// are in them; `nil` when it does not.
    package let protection: String?
    /// Whether an `xop:Include` stands in Body.
    package let isIncludingInBody: Bool
    /// Whether an `xop:Include` stands in Header.
    package let isIncludingInHeader: Bool

    /// Reads an envelope; throws `malformedMessage` when it is none.
    package init(_ octets: [UInt8]) throws(SecurityFault) {
        let document = try XMLDocument(message: octets, limits: .standard)
        let layout = try EnvelopeLayout(of: document)
        var protection: String?
        var isIncluding = (body: false, header: false)
        for node in document.descendants(of: document.root) {
            protection = protection ?? Self.protection(by: node, in: document)
            guard document.isNamed(node, "Include", in: Self.xop) else { continue }
            if document.isNode(node, within: layout.body) { isIncluding.body = true } else { isIncluding.header = true }
        }
        self.protection = protection
        (isIncludingInBody, isIncludingInHeader) = isIncluding
    }

    private static let xop = "http://www.w3.org/2004/08/xop/include"

    private static func protection(by node: NodeID, in document: XMLDocument) -> String? {
        let name = document.name(of: node)
        switch (name.namespace, name.localName) {
        case (XMLSignatureNamespace.signature, "Reference"):
            let uri = document.attribute("URI", of: node) ?? ""
            return uri.lowercased().hasPrefix("cid:") ? "a signature over an attachment" : nil
        case (XMLEncryptionNamespace.encryption, "CipherReference"): return "ciphertext in an attachment"
        case (XMLEncryptionNamespace.encryption, "EncryptedData"):
            return document.attribute("Type", of: node)?.contains("#Attachment-") == true
                ? "an encrypted attachment" : nil
        case (xop, "Include"):
            guard let parent = document.parent(of: node) else { return nil }
            let isOfSecurity = [
                XMLSignatureNamespace.signature, XMLEncryptionNamespace.encryption, WSSNamespace.extension,
            ]
            .contains(document.name(of: parent).namespace)
            return isOfSecurity ? "a value of the Security header in an attachment" : nil
        default: return nil
        }
    }
}
