import Cryptography
import XML
import XMLEncryption
import XMLSignature

extension MessageInspection {
    /// Looks at `message`; throws `malformedMessage` when it is no SOAP envelope.
    public init(of message: [UInt8]) throws(SecurityFault) {
        let document = try XMLDocument(message: message, limits: .standard)
        let layout = try EnvelopeLayout(of: document)
        let inspector = MessageInspector(document: document, layout: layout)
        self.init(
            soapVersion: layout.version.rawValue,
            octetCount: message.count,
            body: document.elements(in: layout.body).first { _ in true }.map { document.name(of: $0).description },
            headerBlocks: layout.blocks.map { document.name(of: $0).description },
            security: layout.blocks.filter { document.isNamed($0, "Security", in: WSSNamespace.extension) }
                .map(inspector.header)
        )
    }
}

/// Reads leniently what a message says, for people.
struct MessageInspector {
    let document: XMLDocument
    let layout: EnvelopeLayout

    func header(_ node: NodeID) -> MessageInspection.Header {
        let namespace = layout.version.namespace
        let children = Array(document.elements(in: node))
        let timestamp = children.first { document.isNamed($0, "Timestamp", in: WSSNamespace.utility) }
        let moment = { (name: String) in
            timestamp.flatMap { document.firstElement(name, in: WSSNamespace.utility, of: $0) }
                .map(document.trimmedText(of:))
        }
        let signatures = children.filter { document.isNamed($0, "Signature", in: XMLSignatureNamespace.signature) }
        let keys = children.filter { document.isNamed($0, "EncryptedKey", in: encryption) }
        return MessageInspection.Header(
            actor: document.attribute(layout.version.actorAttribute, in: namespace, of: node),
            mustUnderstand: ["1", "true"].contains(document.attribute("mustUnderstand", in: namespace, of: node)),
            created: moment("Created"),
            expires: moment("Expires"),
            signatures: signatures.map { signature($0, in: node) },
            encryptedKeys: keys.map { encryptedKey($0, in: node) },
            others: children.filter { !signatures.contains($0) && !keys.contains($0) && $0 != timestamp }
                .map { document.name(of: $0).description }
        )
    }

    private var encryption: String { XMLEncryptionNamespace.encryption }

    private func signature(_ node: NodeID, in header: NodeID) -> MessageInspection.Signature {
        let info = document.firstElement("SignedInfo", in: XMLSignatureNamespace.signature, of: node)
        let references = info.map { document.elements(in: $0) }?
            .filter { document.isNamed($0, "Reference", in: XMLSignatureNamespace.signature) }
        return MessageInspection.Signature(
            algorithm: algorithm("SignatureMethod", XMLSignatureNamespace.signature, of: info) ?? "",
            key: key(of: node, in: header),
            references: references?.map(reference) ?? []
        )
    }

    private func reference(_ node: NodeID) -> MessageInspection.Reference {
        let uri = document.attribute("URI", of: node) ?? ""
        let list = document.firstElement("Transforms", in: XMLSignatureNamespace.signature, of: node)
        let target = SameDocumentReference.id(in: uri).flatMap(element(withID:))
        return MessageInspection.Reference(
            uri: uri,
            target: target.map(place),
            digest: algorithm("DigestMethod", XMLSignatureNamespace.signature, of: node) ?? "",
            transforms: list.map { document.elements(in: $0) }?
                .map { document.attribute("Algorithm", of: $0) ?? "" } ?? []
        )
    }

    private func encryptedKey(_ node: NodeID, in header: NodeID) -> MessageInspection.EncryptedKey {
        let list = document.firstElement("ReferenceList", in: encryption, of: node)
        let ids = list.map { document.elements(in: $0) }?
            .compactMap { document.attribute("URI", of: $0).flatMap(SameDocumentReference.id(in:)) }
        return MessageInspection.EncryptedKey(
            algorithm: algorithm("EncryptionMethod", encryption, of: node) ?? "",
            key: key(of: node, in: header),
            data: ids?.map(encryptedData) ?? []
        )
    }

    private func encryptedData(_ id: String) -> MessageInspection.EncryptedData {
        let node = element(withID: id)
        return MessageInspection.EncryptedData(
            id: id,
            algorithm: algorithm("EncryptionMethod", encryption, of: node),
            place: node.flatMap(document.parent(of:)).map(place)
        )
    }

    private func algorithm(_ localName: String, _ namespace: String, of parent: NodeID?) -> String? {
        parent.flatMap { document.firstElement(localName, in: namespace, of: $0) }
            .flatMap { document.attribute("Algorithm", of: $0) }
    }

    private func key(of node: NodeID, in header: NodeID) -> String {
        guard let info = document.firstElement("KeyInfo", in: XMLSignatureNamespace.signature, of: node),
            let keyInfo = try? KeyInfo(reading: info, in: document),
            let elements = try? ElementIndex(of: document, qualified: MessageSnapshot.identifiers),
            let reference = try? SecurityTokenReference(
                in: keyInfo,
                of: document,
                elements: elements,
                header: header,
                keys: StaticTrustedKeys()
            )
        else { return "unreadable" }
        switch reference {
        case .key(let hint): return hint.description
        case .encryptedKey(let id): return "wrapped key \(id)"
        }
    }

    private func element(withID id: String) -> NodeID? {
        let names = MessageSnapshot.identifiers + [ExpandedName("Id")]
        let found = document.attributes(named: names).filter { $0.attribute.value == id }
        return found.count == 1 ? found.first?.element : nil
    }

    /// A structural part by its word, any other element by its name.
    private func place(_ node: NodeID) -> String {
        if node == layout.body { return MessagePart.body.description }
        let isTimestamp = document.isNamed(node, "Timestamp", in: WSSNamespace.utility)
        let isOurs = document.parent(of: node).map { layout.blocks.contains($0) } ?? false
        return isTimestamp && isOurs ? MessagePart.timestamp.description : document.name(of: node).description
    }
}
