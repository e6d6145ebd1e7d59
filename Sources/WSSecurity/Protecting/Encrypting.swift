import Cryptography
import XML
import XMLEncryption

extension Protecting {
    /// What encrypting does to a message.
    struct Encryption {
        var edits: [XMLEdit] = []
        /// The elements that were encrypted as a whole, with the id of what took their place.
        var replaced: [NodeID: String] = [:]
        /// The encrypted contents, which the edits put in.
        var contents: [[UInt8]] = []

        /// Keeps the memory of what was put in for the next message.
        mutating func giveBack() {
            edits = []
            while let content = contents.popLast() { ReusableOctets.give(content) }
        }
    }

    /// The tokens with the recipients' certificates.
    var encryptionTokens: [HeaderElement] {
        guard protection.encryption?.settings.keyReference.needsToken == true else { return [] }
        return recipients.map { HeaderElement(nil, id: $0.tokenID, text: $0.token) }
    }

    private var recipients: [SecurityTokenReferenceWriter] {
        guard let (settings, recipient) = protection.encryption else { return [] }
        return ([recipient] + protection.furtherRecipients).enumerated()
            .map { number, certificate in
                SecurityTokenReferenceWriter(
                    reference: settings.keyReference,
                    certificate: certificate,
                    tokenID: identifiers.encryptionToken(number),
                    keyName: settings.keyName
                )
            }
    }

    /// Encrypts what is signed, with the `signatures` where the settings say so, and puts those into the header.
    func encrypt(
        _ draft: Draft,
        contents: HeaderContents,
        signatures: [[UInt8]]
    ) throws(SecurityFault) -> Encryption {
        guard let settings = protection.encryption?.settings else {
            let body = draft.outlyingBody.map { [$0.insertion(into: draft.layout.body, of: draft.document)] } ?? []
            return Encryption(
                edits: [XMLEdit(inserting: signatures.flatMap { $0 }, at: draft.signaturePlace)] + body
            )
        }
        var cipher = try PartEncryption(settings, for: recipients, identifiers: identifiers, streaming: streamed)
        var encryption = try encrypt(settings, in: draft.document, draft.layout, body: draft.outlyingBody, by: &cipher)
        for element in try elements(settings, in: contents) {
            guard let node = draft.element(id: element.id) else { continue }
            let range = draft.document.range(of: node)
            let data = try cipher.encrypted(draft.document.octets[range], as: .element)
            encryption.edits.append(XMLEdit(range: range, replacement: data.octets))
        }
        var signatures = signatures
        if settings.allWholeParts.contains(.signature) {
            signatures[0] = try cipher.encrypted(signatures[0][...], as: .element).octets
        }
        let keys = try cipher.headerElements().flatMap(\.octets)
        encryption.edits.append(XMLEdit(inserting: keys, at: draft.keyPlace))
        encryption.edits.append(XMLEdit(inserting: signatures.flatMap { $0 }, at: draft.signaturePlace))
        return encryption
    }

    /// Encrypts a message before it is signed, if it is at all; what the header gets by it goes into `contents`.
    func encrypt(
        _ document: XMLDocument,
        _ layout: EnvelopeLayout,
        contents: inout HeaderContents
    ) throws(SecurityFault) -> Encryption {
        guard let settings = protection.encryption?.settings else { return Encryption() }
        var cipher = try PartEncryption(settings, for: recipients, identifiers: identifiers, streaming: streamed)
        let encryption = try encrypt(settings, in: document, layout, by: &cipher)
        var hidden: [HeaderElement] = []
        for element in try elements(settings, in: contents) {
            try checkOrder(of: element)
            let data = try cipher.encrypted(element.octets[...], as: .element)
            hidden.append(HeaderElement(element.part, id: data.id, octets: data.octets))
            contents.middle.removeAll { $0.id == element.id }
        }
        contents.back = encryptionTokens + (try cipher.headerElements()) + hidden
        return encryption
    }

    private func encrypt(
        _ settings: EncryptionSettings,
        in document: XMLDocument,
        _ layout: EnvelopeLayout,
        body: OutlyingContent? = nil,
        by cipher: inout PartEncryption
    ) throws(SecurityFault) -> Encryption {
        let nodes = try EncryptedNodes(settings, in: document, layout)
        var encryption = Encryption()
        for node in nodes.content {
            let outlying = node == layout.body ? body?.octets : nil
            let content = outlying ?? document.octets[document.contentRange(of: node)]
            let data = try cipher.encrypted(content, as: .content)
            encryption.edits.append(document.replacingContent(of: node, with: data.octets))
            encryption.contents.append(data.octets)
        }
        if let body, !nodes.content.contains(layout.body) {
            encryption.edits.append(body.insertion(into: layout.body, of: document))
        }
        for node in nodes.whole {
            var (id, octets) = try cipher.encrypted(document.octets[document.range(of: node)], as: .element)
            if layout.blocks.contains(node) {
                id = identifiers.encryptedHeader(encryption.replaced.count)
                octets = EncryptedHeaderWriter(document: document, layout: layout).header(octets, id: id, for: node)
            }
            encryption.replaced[node] = id
            encryption.edits.append(XMLEdit(range: document.range(of: node), replacement: octets))
        }
        return encryption
    }

    /// What is encrypted of the elements of the Security header, the signature apart.
    private func elements(
        _ settings: EncryptionSettings,
        in contents: HeaderContents
    ) throws(SecurityFault) -> [HeaderElement] {
        var elements: [HeaderElement] = []
        for part in settings.allWholeParts where part.isInSecurityHeader {
            let found = contents.middle.filter { $0.part == part }
            let isSignature = part == .signature && protection.order == .signThenEncrypt && !signatures.isEmpty
            guard !found.isEmpty || isSignature else {
                throw SecurityFault(.cannotProtect, "the message has no \(part) to encrypt")
            }
            elements += found
        }
        return elements
    }

    /// When encrypting comes first, what is encrypted stands behind the signatures: read in order, they cover ciphertext.
    private func checkOrder(of element: HeaderElement) throws(SecurityFault) {
        guard let part = element.part, !signatures.isEmpty else { return }
        guard part != .signatureToken else {
            throw SecurityFault(.cannotProtect, "a token that a signature needs is encrypted only after signing")
        }
        let isCovered = signatures.contains { $0.settings.parts.contains(part) }
        guard !isCovered || protection.layout != .strict else {
            throw SecurityFault(
                .cannotProtect,
                "\(part) cannot be encrypted before it is signed in the strict layout: sign first, or use a lax layout"
            )
        }
    }
}
