import XML
import XMLEncryption

/// A message with its Security header in place, scanned for signing.
struct Draft {
    let document: XMLDocument
    let layout: EnvelopeLayout
    /// Our Security header: the first header block.
    let header: NodeID

    init(_ octets: [UInt8], after original: EnvelopeLayout) throws(SecurityFault) {
        document = try XMLDocument(message: octets, limits: .standard)
        layout = try EnvelopeLayout(of: document)
        guard let header = layout.blocks.first, layout.blocks.count == original.blocks.count + 1 else {
            throw SecurityFault(.cannotProtect, "the Security header could not be placed")
        }
        self.header = header
    }

    /// Before the wrapped key, so that a reader verifies before it decrypts; else at the end.
    var signaturePlace: Int {
        let key = document.firstElement("EncryptedKey", in: XMLEncryptionNamespace.encryption, of: header)
        return key.map { document.range(of: $0).lowerBound } ?? document.contentRange(of: header).upperBound
    }
}
