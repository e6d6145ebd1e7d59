import XML

extension Protecting {
    /// Content below that is read again as quickly as it is left out.
    private static let least = 1024

    /// Body's content where signing changes nothing in it: then it need not be read a second time.
    ///
    /// `nil` where a part is found by its path, or where a new id brings a namespace that the content may use already.
    func outlyingBody(of document: XMLDocument, _ layout: EnvelopeLayout) -> OutlyingContent? {
        let keepsNames =
            document.attribute("Id", in: WSSNamespace.utility, of: layout.body) != nil
            || !document.declares(WSSNamespace.utility)
        guard document.contentRange(of: layout.body).count >= Self.least, keepsNames, !hasPartsByPath else {
            return nil
        }
        return OutlyingContent(of: layout.body, in: document)
    }

    private var hasPartsByPath: Bool {
        var parts = signatures.flatMap(\.settings.parts)
        if let settings = protection.encryption?.settings { parts += settings.parts + settings.allWholeParts }
        return parts.contains { if case .element = $0 { true } else { false } }
    }
}

extension OutlyingContent {
    /// Takes the content out.
    var removal: XMLEdit { XMLEdit(range: document.contentRange(of: node), replacement: []) }

    /// Puts the content into the empty `body`.
    func insertion(into body: NodeID, of hollow: XMLDocument) -> XMLEdit {
        XMLEdit(range: hollow.contentRange(of: body), replacement: octets)
    }
}
