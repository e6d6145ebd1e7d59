import Cryptography
import FoundationEssentials
import XML
import XMLEncryption
import XMLSignature

/// The protection of one message: first the Security header and the ids are spliced in, then what is computed over them.
struct Protecting {
    let protection: OutboundProtection
    let now: Date
    let identifiers = MessageIdentifiers()

    init(_ protection: OutboundProtection, now: Date) {
        self.protection = protection
        self.now = now
    }

    /// `place` is that of the header to extend among the blocks; `nil` = a new one is put first.
    func protect(
        _ document: XMLDocument,
        _ layout: EnvelopeLayout,
        extending place: Int?
    ) throws(SecurityFault) -> [UInt8] {
        switch protection.order {
        case .signThenEncrypt:
            let edits = try edits(of: document, layout, extending: place, encryptedKey: [])
            let draft = try draft(document.applying(edits), after: layout, extending: place, keyCount: 0)
            let encryption = try encrypt(draft.document, draft.layout)
            let elements = (encryption?.key ?? []) + (try signature(over: draft))
            return draft.document.applying(
                (encryption?.edits ?? []) + [XMLEdit(inserting: elements, at: draft.end)]
            )
        case .encryptThenSign:
            let encryption = try encrypt(document, layout)
            let key = encryption?.key ?? []
            let edits = try edits(of: document, layout, extending: place, encryptedKey: key) + (encryption?.edits ?? [])
            let octets = document.applying(edits)
            guard protection.signature != nil else { return octets }
            let draft = try draft(octets, after: layout, extending: place, keyCount: key.isEmpty ? 0 : 1)
            return draft.document.applying([
                XMLEdit(inserting: try signature(over: draft), at: draft.signaturePlace)
            ])
        }
    }

    /// The Security header with what needs no computing, and ids for the parts that will be signed.
    private func edits(
        of document: XMLDocument,
        _ layout: EnvelopeLayout,
        extending place: Int?,
        encryptedKey: [UInt8]
    ) throws(SecurityFault) -> [XMLEdit] {
        let header = SecurityHeaderWriter(
            document: document,
            layout: layout,
            actor: protection.actor,
            content: Array(headerElements.joined().utf8) + encryptedKey
        )
        var edits =
            try place.map { place throws(SecurityFault) in try header.edits(extending: layout.blocks[place]) }
            ?? [header.edit]
        for (number, node) in try signedNodes(in: document, layout).enumerated()
        where document.attribute("Id", in: WSSNamespace.utility, of: node) == nil {
            edits.append(document.insertingIdentifier(identifiers.part(number), into: node))
        }
        return edits
    }

    private func draft(
        _ octets: [UInt8],
        after layout: EnvelopeLayout,
        extending place: Int?,
        keyCount: Int
    ) throws(SecurityFault) -> Draft {
        try Draft(octets, after: layout, extending: place, elementCount: headerElements.count + keyCount)
    }

    /// What needs no computing, each one element.
    private var headerElements: [String] {
        [timestamp, signatureReference?.token ?? "", encryptionReference?.token ?? ""].filter { !$0.isEmpty }
    }

    /// The parts to be signed, without the timestamp.
    func signedNodes(in document: XMLDocument, _ layout: EnvelopeLayout) throws(SecurityFault) -> [NodeID] {
        var nodes: [NodeID] = []
        for part in protection.signature?.settings.parts ?? [] where part != .timestamp {
            for node in try layout.nodes(of: part, in: document) where !nodes.contains(node) { nodes.append(node) }
        }
        return nodes
    }

    private var timestamp: String {
        guard let lifetime = protection.timestampLifetime else { return "" }
        let expires = now.addingTimeInterval(lifetime.timeInterval)
        return "<wsu:Timestamp wsu:Id=\"\(identifiers.timestamp)\"><wsu:Created>\(DateTime.text(of: now))</wsu:Created>"
            + "<wsu:Expires>\(DateTime.text(of: expires))</wsu:Expires></wsu:Timestamp>"
    }

    var signatureReference: SecurityTokenReferenceWriter? {
        guard let (settings, credential) = protection.signature else { return nil }
        return SecurityTokenReferenceWriter(
            reference: settings.keyReference,
            certificate: credential.certificate,
            tokenID: identifiers.signatureToken
        )
    }

    var encryptionReference: SecurityTokenReferenceWriter? {
        guard let (settings, recipient) = protection.encryption else { return nil }
        return SecurityTokenReferenceWriter(
            reference: settings.keyReference,
            certificate: recipient,
            tokenID: identifiers.encryptionToken
        )
    }
}

extension EnvelopeLayout {
    /// Where `part` stands; a header block that is missing is an error, because the settings promise it.
    func nodes(of part: MessagePart, in document: XMLDocument) throws(SecurityFault) -> [NodeID] {
        switch part {
        case .body: return [body]
        case .timestamp: return []
        case .header(let namespace, let localName):
            let nodes = blocks.filter { document.isNamed($0, localName, in: namespace) }
            guard !nodes.isEmpty else {
                throw SecurityFault(.cannotProtect, "the message has no header block \(part) to protect")
            }
            return nodes
        case .element(let path):
            let nodes = elements(at: path, in: document)
            guard !nodes.isEmpty else { throw SecurityFault(.cannotProtect, "the message has no element \(part)") }
            return nodes
        case .signature, .signatureToken, .usernameToken, .samlAssertion, .signatureConfirmation:
            throw SecurityFault(.cannotProtect, "the message has no \(part) to protect")
        }
    }
}
