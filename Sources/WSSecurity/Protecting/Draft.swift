import XML
import XMLEncryption

/// A message with its Security header in place, scanned for signing.
struct Draft {
    let document: XMLDocument
    let layout: EnvelopeLayout
    /// Our Security header: the first header block, or the one that was extended.
    let header: NodeID
    /// Behind what was put into the header, and before what an extended one held already.
    let end: Int

    /// The draft in `octets`, with `count` elements in front of the Security header's.
    ///
    /// `place` is that of the header that was extended among the blocks, or `nil` when a new one was put first.
    init(
        _ octets: [UInt8],
        after original: EnvelopeLayout,
        extending place: Int?,
        elementCount count: Int
    ) throws(SecurityFault) {
        document = try XMLDocument(message: octets, limits: .standard)
        layout = try EnvelopeLayout(of: document)
        guard layout.blocks.count == original.blocks.count + (place == nil ? 1 : 0) else {
            throw SecurityFault(.cannotProtect, "the Security header could not be placed")
        }
        header = layout.blocks[place ?? 0]
        let next = document.elements(in: header).dropFirst(count).first { _ in true }
        end = next.map(document.range(of:))?.lowerBound ?? document.contentRange(of: header).upperBound
    }

    /// Before the wrapped key, so that a reader verifies before it decrypts; else at the end.
    var signaturePlace: Int {
        let key = document.firstElement("EncryptedKey", in: XMLEncryptionNamespace.encryption, of: header)
        return key.map { document.range(of: $0).lowerBound } ?? end
    }
}
