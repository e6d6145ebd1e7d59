import Cryptography
import FoundationEssentials
import XML

/// The protection of one message: first the Security header and the ids are spliced in, then what is computed over them.
struct Protecting {
    let protection: OutboundProtection
    let now: Date
    let identifiers: MessageIdentifiers
    /// The signatures to make, the primary one first.
    let signatures: [SignaturePlan]

    /// The content of Body, when that lies in a file.
    let streamed: StreamedProtection?

    init(_ protection: OutboundProtection, now: Date, streaming body: StreamedProtection? = nil) {
        self.protection = protection
        streamed = body
        self.now = now
        let identifiers = MessageIdentifiers()
        self.identifiers = identifiers
        let all = (protection.signature.map { [$0] } ?? []) + protection.furtherSignatures
        signatures = all.enumerated()
            .map { number, signature in
                SignaturePlan(
                    settings: signature.settings,
                    credential: signature.credential,
                    number: number,
                    identifiers: identifiers,
                    assertion: protection.assertion
                )
            }
    }

    /// The message and its `ds:Signature` elements, the primary one first.
    ///
    /// `place` is that of the header to extend among the blocks; `nil` = a new one is put first.
    func protect(
        _ document: XMLDocument,
        _ layout: EnvelopeLayout,
        extending place: Int?
    ) throws(SecurityFault) -> (octets: [UInt8], signatures: [[UInt8]]) {
        protection.order == .encryptThenSign || signatures.isEmpty
            ? try encryptFirst(document, layout, extending: place) : try signFirst(document, layout, extending: place)
    }

    private func signFirst(
        _ document: XMLDocument,
        _ layout: EnvelopeLayout,
        extending place: Int?
    ) throws(SecurityFault) -> (octets: [UInt8], signatures: [[UInt8]]) {
        var contents = try headerContents()
        contents.front += encryptionTokens
        let elements = try SignedElements(of: signatures, in: document, layout, identifiers: identifiers)
        let body = streamed == nil ? outlyingBody(of: document, layout) : nil
        let octets = document.applying(
            try headerEdits(in: document, layout, extending: place, contents: contents) + elements.edits
                + (body.map { [$0.removal] } ?? [])
        )
        let draft = try Draft(
            octets,
            after: layout,
            extending: place,
            contents: contents,
            outlyingBody: body,
            streaming: streamed
        )
        let signed = try signatureElements(over: draft, elements, contents: contents)
        var encryption = try encrypt(draft, contents: contents, signatures: signed)
        defer { encryption.giveBack() }
        return (draft.document.applying(encryption.edits), signed)
    }

    private func encryptFirst(
        _ document: XMLDocument,
        _ layout: EnvelopeLayout,
        extending place: Int?
    ) throws(SecurityFault) -> (octets: [UInt8], signatures: [[UInt8]]) {
        var contents = try headerContents()
        var encryption = try encrypt(document, layout, contents: &contents)
        defer { encryption.giveBack() }
        let elements = try SignedElements(
            of: signatures,
            in: document,
            layout,
            identifiers: identifiers,
            replaced: encryption.replaced
        )
        let header = try headerEdits(in: document, layout, extending: place, contents: contents)
        let octets = document.applying(header + encryption.edits + elements.edits)
        guard !signatures.isEmpty else { return (octets, []) }
        let draft = try Draft(octets, after: layout, extending: place, contents: contents, streaming: streamed)
        let signed = try signatureElements(over: draft, elements, contents: contents)
        let edit = XMLEdit(inserting: signed.flatMap { $0 }, at: draft.signaturePlace)
        return (draft.document.applying([edit]), signed)
    }

    private func headerEdits(
        in document: XMLDocument,
        _ layout: EnvelopeLayout,
        extending place: Int?,
        contents: HeaderContents
    ) throws(SecurityFault) -> [XMLEdit] {
        let writer = SecurityHeaderWriter(
            document: document,
            layout: layout,
            actor: protection.actor,
            content: contents.leading.flatMap(\.octets),
            lastContent: contents.last.flatMap(\.octets)
        )
        guard let place else { return [writer.edit] }
        return try writer.edits(extending: layout.blocks[place])
    }
}
