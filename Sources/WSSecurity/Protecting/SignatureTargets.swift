import XML
import XMLEncryption
import XMLSignature

/// What one signature refers to.
struct SignatureTargets {
    private let plan: SignaturePlan
    private let draft: Draft
    private let contents: HeaderContents
    private let canonicalization: Canonicalization
    private(set) var list: [SignatureWriter.Target] = []

    init(plan: SignaturePlan, draft: Draft, contents: HeaderContents) throws(SecurityFault) {
        self.plan = plan
        self.draft = draft
        self.contents = contents
        canonicalization = try plan.canonicalization()
    }

    /// An element outside of the Security header.
    mutating func add(_ node: NodeID, id: String) {
        var method = canonicalization
        if method.algorithm == .exclusive10 { method.inclusivePrefixes = draft.document.inheritedPrefixes(of: node) }
        let content = node == draft.layout.body ? draft.outlyingBody : nil
        list.append(SignatureWriter.Target(node: node, id: id, canonicalization: method, content: content))
    }

    /// What the settings name in the Security header; `primary` is the signature that this one may endorse.
    mutating func addHeaderParts(primary: (octets: [UInt8], id: String)?) throws(SecurityFault) {
        for part in plan.settings.parts where part.isInSecurityHeader {
            switch part {
            case .timestamp: addElements(of: part)
            case .signature: try addEndorsement(of: primary)
            case .signatureToken where plan.provesAssertion: try addAssertion()
            case .signatureToken: try addToken()
            case .samlAssertion where !plan.coversAssertionAsToken: try addAssertion()
            case .samlAssertion: continue
            default:
                guard addElements(of: part) else {
                    throw SecurityFault(.cannotProtect, "the message has no \(part) to sign")
                }
            }
        }
    }

    /// Whether there were some.
    @discardableResult
    private mutating func addElements(of part: MessagePart) -> Bool {
        let elements = (contents.leading + contents.last).filter { $0.part == part }
        for element in elements { addElement(id: element.id) }
        return !elements.isEmpty
    }

    private mutating func addElement(id: String) {
        guard let node = draft.element(id: id) else { return }
        // What names mean in encrypted content is signed with it.
        if draft.document.isNamed(node, "EncryptedData", in: XMLEncryptionNamespace.encryption) {
            add(node, id: id)
        } else {
            list.append(SignatureWriter.Target(node: node, id: id, canonicalization: canonicalization))
        }
    }

    private mutating func addEndorsement(of primary: (octets: [UInt8], id: String)?) throws(SecurityFault) {
        guard let primary else {
            throw SecurityFault(.cannotProtect, "a signature cannot sign itself: only further ones endorse the primary")
        }
        let octets = try draft.canonicalOctets(of: primary.octets, by: canonicalization)
        list.append(
            SignatureWriter.Target(canonical: octets, id: primary.id, canonicalization: canonicalization)
        )
    }

    /// The assertion, by way of the reference to it unless it is encrypted already.
    private mutating func addAssertion() throws(SecurityFault) {
        guard let token = plan.assertion else {
            throw SecurityFault(.cannotProtect, "the message has no samlAssertion to sign")
        }
        guard plan.dereferences(token), contents.middle.contains(where: { $0.id == token.id }) else {
            addElements(of: .samlAssertion)
            return
        }
        let octets = try draft.dereferenced(token.octets)
        list.append(.dereferencing(id: plan.identifiers.assertionReference, to: octets))
    }

    private mutating func addToken() throws(SecurityFault) {
        guard plan.dereferencesToken else {
            addElement(id: plan.identifiers.signatureToken(plan.number))
            return
        }
        let octets: [UInt8]
        switch plan.reference.dereferenced {
        case .element(let text): octets = try draft.dereferenced(Array(text.utf8))
        case .canonical(let text): octets = Array(text.utf8)
        case nil:
            let cause = "\(plan.settings.keyReference.rawValue) names no token that could be signed"
            throw SecurityFault(.cannotProtect, cause + ": use another key reference, or do not sign signatureToken")
        }
        list.append(.dereferencing(id: plan.identifiers.tokenReference(plan.number), to: octets))
    }
}

extension XMLDocument {
    /// Prefixes that content of `node` may use and that are bound outside of it, for `ec:InclusiveNamespaces`: names in
    /// values and in encrypted content would else mean something else when a binding is changed (BSP 1.1 R5407).
    fileprivate func inheritedPrefixes(of node: NodeID) -> [String] {
        guard let parent = parent(of: node), kind(of: parent) == .element else { return [] }
        let own = prefix(of: node)
        return boundPrefixes(at: parent).filter { $0 != own }.map { $0.isEmpty ? "#default" : $0 }
    }
}
