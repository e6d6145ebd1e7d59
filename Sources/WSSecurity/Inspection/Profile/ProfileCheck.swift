import XML
import XMLEncryption
import XMLSignature

/// Holds a message against WS-I Basic Security Profile 1.1, rule by rule; verifies nothing.
struct ProfileCheck {
    let document: XMLDocument
    let layout: EnvelopeLayout
    let identifiers: IdentifierTable
    /// The ids of the encrypted data that some `xenc:EncryptedKey` names.
    let namedByKeys: Set<String>
    private var found: [ProfileViolation] = []
    private var counts: [ProfileRule: Int] = [:]

    /// The violations in document order; one of each rule for each element.
    static func violations(of document: XMLDocument, _ layout: EnvelopeLayout) -> [ProfileViolation] {
        var check = ProfileCheck(document: document, layout: layout)
        check.run()
        return check.found.sorted { ($0.line, $0.rule) < ($1.line, $1.rule) }
    }

    private init(document: XMLDocument, layout: EnvelopeLayout) {
        self.document = document
        self.layout = layout
        identifiers = IdentifierTable(of: document)
        namedByKeys = Self.namedByKeys(in: document)
    }

    private static func namedByKeys(in document: XMLDocument) -> Set<String> {
        var ids: Set<String> = []
        for node in document.descendants(of: document.root)
        where document.isNamed(node, "DataReference", in: XMLEncryptionNamespace.encryption) {
            guard let key = document.parent(of: node).flatMap(document.parent(of:)),
                document.isNamed(key, "EncryptedKey", in: XMLEncryptionNamespace.encryption)
            else { continue }
            ids.insert(String(document.attribute("URI", of: node)?.dropFirst() ?? ""))
        }
        return ids
    }

    /// The most violations of one rule that are listed: a message that is wrong everywhere is told soon enough.
    private static let limit = 8

    /// Notes that `node` breaks `rule`.
    mutating func report(_ rule: ProfileRule, _ node: NodeID) {
        guard counts[rule, default: 0] < Self.limit else { return }
        counts[rule, default: 0] += 1
        let violation = ProfileViolation(
            rule: rule.rawValue,
            level: rule.level,
            text: rule.text,
            element: document.standardName(of: node),
            line: document.lineAndColumn(at: document.range(of: node).lowerBound).line
        )
        if !found.contains(violation) { found.append(violation) }
    }

    private mutating func run() {
        checkHeaders()
        for block in layout.blocks { checkAll(within: block) }
        // Of Body only what is encrypted concerns the profile.
        for node in document.descendants(of: layout.body)
        where document.isNamed(node, "EncryptedData", in: XMLEncryptionNamespace.encryption) {
            checkEncryptedData(node)
        }
    }

    private mutating func checkAll(within block: NodeID) {
        let isSecurity = document.isNamed(block, "Security", in: WSSNamespace.extension)
        check(block, in: isSecurity ? block : nil)
        for node in document.descendants(of: block) { check(node, in: isSecurity ? block : nil) }
    }

    private mutating func check(_ node: NodeID, in header: NodeID?) {
        switch document.standardName(of: node) {
        case "wsu:Timestamp" where header != nil: checkTimestamp(node)
        case "wsse:BinarySecurityToken": checkBinaryToken(node)
        case "wsse:UsernameToken": checkUsernameToken(node)
        case "wsse:SecurityTokenReference": checkTokenReference(node, in: header)
        case "wsse11:SignatureConfirmation" where !has("Id", in: WSSNamespace.utility, on: node): report(.r5441, node)
        case "wsse11:EncryptedHeader": checkEncryptedHeader(node)
        case "ds:Signature" where header != nil: checkSignature(node)
        case "xenc:EncryptedKey": checkEncryptedKey(node, in: header)
        case "xenc:EncryptedData": checkEncryptedData(node)
        case "xenc:ReferenceList" where document.parent(of: node) == header && header != nil:
            checkDataReferences(of: node, .r5608)
        default: return
        }
    }

    /// Whether the element has the attribute.
    func has(_ localName: String, in namespace: String = "", on node: NodeID) -> Bool {
        document.attribute(localName, in: namespace, of: node) != nil
    }

    /// The child elements with that name as the standards write it.
    func children(_ name: String, of node: NodeID) -> [NodeID] {
        document.elements(in: node).filter { document.standardName(of: $0) == name }
    }

    /// Every child element.
    func elements(of node: NodeID) -> [NodeID] { Array(document.elements(in: node)) }
}
