import XML

extension OutboundProtection {
    /// The protection without the parts that `document` may lack and does lack.
    func withoutAbsentParts(in document: XMLDocument, _ layout: EnvelopeLayout) -> OutboundProtection {
        guard !partsWherePresent.isEmpty else { return self }
        let absent = partsWherePresent.filter { part in
            switch part {
            case .header(let namespace, let localName):
                !layout.blocks.contains { document.isNamed($0, localName, in: namespace) }
            case .element(let path): layout.elements(at: path, in: document).isEmpty
            default: false
            }
        }
        var protection = self
        protection.signature?.settings.parts.removeAll(where: absent.contains)
        for index in protection.furtherSignatures.indices {
            protection.furtherSignatures[index].settings.parts.removeAll(where: absent.contains)
        }
        protection.encryption?.settings.parts.removeAll(where: absent.contains)
        protection.encryption?.settings.wholeParts.subtract(absent)
        if let settings = protection.encryption?.settings, settings.parts.isEmpty, settings.wholeParts.isEmpty {
            protection.encryption = nil
        }
        if protection.furtherSignatures.isEmpty, protection.signature?.settings.parts.isEmpty == true {
            protection.signature = nil
        }
        return protection
    }
}
