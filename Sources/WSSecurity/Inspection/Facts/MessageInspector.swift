import Cryptography
public import FoundationEssentials
import XML
import XMLEncryption
import XMLSignature

extension MessageInspection {
    /// Looks at `message` and counts ages up to `moment`; throws `malformedMessage` when it is no SOAP envelope.
    public init(of message: [UInt8], at moment: Date? = nil) throws(SecurityFault) {
        try self.init(of: message, at: moment, known: [])
    }

    /// The same, naming keys by what is `known` of them.
    package init(of message: [UInt8], at moment: Date?, known: [KnownCertificate]) throws(SecurityFault) {
        let document = try XMLDocument(message: message, limits: .standard)
        let layout = try EnvelopeLayout(of: document)
        let inspector = MessageInspector(document: document, layout: layout, moment: moment, known: known)
        self.init(
            soapVersion: layout.version.rawValue,
            octetCount: message.count,
            hasByteOrderMark: message.starts(with: [0xEF, 0xBB, 0xBF]) || message.starts(with: [0xFE, 0xFF])
                || message.starts(with: [0xFF, 0xFE]),
            body: document.elements(in: layout.body).first { _ in true }.map { document.name(of: $0).description },
            headerBlocks: layout.blocks.map { document.name(of: $0).description },
            security: inspector.securityHeaders.map(inspector.header),
            violations: ProfileCheck.violations(of: document, layout)
        )
    }
}

/// Reads leniently what a message says, for people.
struct MessageInspector {
    let document: XMLDocument
    let layout: EnvelopeLayout
    let identifiers: IdentifierTable
    private let moment: Date?
    private let known: [KnownCertificate]

    init(document: XMLDocument, layout: EnvelopeLayout, moment: Date?, known: [KnownCertificate]) {
        self.document = document
        self.layout = layout
        self.moment = moment
        self.known = known
        identifiers = IdentifierTable(of: document)
    }

    /// Every `wsse:Security`, for whomever.
    var securityHeaders: [NodeID] {
        layout.blocks.filter { document.isNamed($0, "Security", in: WSSNamespace.extension) }
    }

    func header(_ node: NodeID) -> MessageInspection.Header {
        let namespace = layout.version.namespace
        let children = Array(document.elements(in: node))
        let timestamp = children.first { document.isNamed($0, "Timestamp", in: WSSNamespace.utility) }
        let signatures = children.filter { document.isNamed($0, "Signature", in: signatureNamespace) }
        let keys = children.filter { document.isNamed($0, "EncryptedKey", in: encryptionNamespace) }
        return MessageInspection.Header(
            actor: document.attribute(layout.version.actorAttribute, in: namespace, of: node),
            mustUnderstand: ["1", "true"].contains(document.attribute("mustUnderstand", in: namespace, of: node)),
            timestamp: timestamp.map(self.timestamp),
            signatures: signatures.map(self.signature),
            encryptedKeys: keys.map(encryptedKey),
            tokens: children.filter { !signatures.contains($0) && !keys.contains($0) && $0 != timestamp }.map(token)
        )
    }

    private var signatureNamespace: String { XMLSignatureNamespace.signature }
    private var encryptionNamespace: String { XMLEncryptionNamespace.encryption }
    private var keys: KeyInfoInspector { KeyInfoInspector(document: document, identifiers: identifiers) }

    private func timestamp(_ node: NodeID) -> MessageInspection.Timestamp {
        let text = { (name: String) in
            document.firstElement(name, in: WSSNamespace.utility, of: node).map(document.trimmedText(of:))
        }
        let seconds = { (text: String?, sign: Double) -> Int? in
            guard let moment, let date = text.flatMap(DateTime.date(of:)) else { return nil }
            return Int(clamping: Int64((moment.timeIntervalSince(date) * sign).rounded()))
        }
        let (created, expires) = (text("Created"), text("Expires"))
        return MessageInspection.Timestamp(
            created: created,
            expires: expires,
            ageInSeconds: seconds(created, 1),
            remainingSeconds: seconds(expires, -1)
        )
    }

    private func token(_ node: NodeID) -> MessageInspection.Token {
        let name = document.standardName(of: node)
        let content: String? =
            switch name {
            case "wsse:BinarySecurityToken":
                InspectedCertificate.token(node, in: document).map { KeyHint.certificate($0).description }
                    ?? InspectedCertificate.truncation(of: node, in: document) ?? "cannot be read"
            case "wsse:UsernameToken":
                document.firstElement("Username", in: WSSNamespace.extension, of: node)
                    .map { "user " + document.trimmedText(of: $0).prefix(256) }
            default: nil
            }
        return MessageInspection.Token(name: name, content: content)
    }

    private func signature(_ node: NodeID) -> MessageInspection.Signature {
        let info = document.firstElement("SignedInfo", in: signatureNamespace, of: node)
        let references = info.map { document.elements(in: $0) }?
            .filter { document.isNamed($0, "Reference", in: signatureNamespace) }
        return MessageInspection.Signature(
            algorithm: algorithm("SignatureMethod", signatureNamespace, of: info) ?? "",
            canonicalization: algorithm("CanonicalizationMethod", signatureNamespace, of: info) ?? "",
            key: keys.key(of: node).facts(known: known),
            references: references?.map(reference) ?? []
        )
    }

    private func reference(_ node: NodeID) -> MessageInspection.Reference {
        let uri = document.attribute("URI", of: node) ?? ""
        let list = document.firstElement("Transforms", in: signatureNamespace, of: node)
        return MessageInspection.Reference(
            uri: uri,
            target: identifiers.element(of: uri).map(place),
            digest: algorithm("DigestMethod", signatureNamespace, of: node) ?? "",
            transforms: list.map { document.elements(in: $0) }?
                .map { document.attribute("Algorithm", of: $0) ?? "" } ?? []
        )
    }

    private func encryptedKey(_ node: NodeID) -> MessageInspection.EncryptedKey {
        let list = document.firstElement("ReferenceList", in: encryptionNamespace, of: node)
        let ids = list.map { document.elements(in: $0) }?
            .compactMap { document.attribute("URI", of: $0).flatMap(SameDocumentReference.id(in:)) }
        return MessageInspection.EncryptedKey(
            algorithm: algorithm("EncryptionMethod", encryptionNamespace, of: node) ?? "",
            key: keys.key(of: node).facts(known: known),
            data: ids?.map(encryptedData) ?? []
        )
    }

    private func encryptedData(_ id: String) -> MessageInspection.EncryptedData {
        let found = identifiers.elements(id)
        let node = found.count == 1 ? found.first : nil
        return MessageInspection.EncryptedData(
            id: id,
            algorithm: algorithm("EncryptionMethod", encryptionNamespace, of: node),
            place: node.flatMap(document.parent(of:)).map(place)
        )
    }

    private func algorithm(_ localName: String, _ namespace: String, of parent: NodeID?) -> String? {
        parent.flatMap { document.firstElement(localName, in: namespace, of: $0) }
            .flatMap { document.attribute("Algorithm", of: $0) }
    }

    /// A structural part by its word, any other element by its name.
    func place(_ node: NodeID) -> String {
        if node == layout.body { return MessagePart.body.description }
        let isTimestamp = document.isNamed(node, "Timestamp", in: WSSNamespace.utility)
        let isOurs = document.parent(of: node).map { layout.blocks.contains($0) } ?? false
        return isTimestamp && isOurs ? MessagePart.timestamp.description : document.standardName(of: node)
    }
}
