import FoundationEssentials
import XML
import XMLSignature

/// `saml:Assertion` (SAML 1.1 and 2.0 Core section 2.3), read but not yet verified.
struct Assertion {
    /// A `SubjectConfirmation`.
    struct SubjectConfirmation {
        let method: CarriedAssertion.Confirmation
        /// Names the confirmed key.
        let keyInfo: NodeID?
        let validity: Validity
    }

    let node: NodeID
    let version: CarriedAssertion.Version
    let id: String
    let issuerName: String
    let subject: String?
    let confirmations: [SubjectConfirmation]
    let conditions: Conditions
    /// Its own `ds:Signature`.
    let signature: NodeID?

    init(reading node: NodeID, in document: XMLDocument) throws(SecurityFault) {
        let name = document.name(of: node)
        let version: CarriedAssertion.Version = name.namespace == SAMLNamespace.assertion20 ? .saml20 : .saml11
        let id = document.attribute(version == .saml20 ? "ID" : "AssertionID", of: node) ?? ""
        guard !id.isEmpty, Self.isSupported(node, version, in: document) else {
            throw SecurityFault(.unsupportedSecurityToken, "a SAML assertion without id, or of an unknown version")
        }
        self.node = node
        self.version = version
        self.id = id
        issuerName = Self.issuer(of: node, version, in: document)
        let subjects = Self.subjects(of: node, version, in: document)
        subject = Self.names(of: subjects, version, in: document).first
        var confirmations: [SubjectConfirmation] = []
        for subject in subjects {
            confirmations += try Self.confirmations(of: subject, version, in: document)
        }
        self.confirmations = confirmations
        conditions = try Conditions(of: node, namespace: version.namespace, in: document)
        let signatures = document.elements(in: node)
            .filter { document.isNamed($0, "Signature", in: XMLSignatureNamespace.signature) }
        guard signatures.count <= 1 else {
            throw SecurityFault(.invalidSecurityToken, "a SAML assertion holds several signatures")
        }
        signature = signatures.first
    }

    /// How its subject is confirmed: by the first way that is named.
    var confirmation: CarriedAssertion.Confirmation { confirmations.first?.method ?? .other }

    private static func isSupported(
        _ node: NodeID,
        _ version: CarriedAssertion.Version,
        in document: XMLDocument
    ) -> Bool {
        switch version {
        case .saml20: document.attribute("Version", of: node) == "2.0"
        case .saml11: document.attribute("MajorVersion", of: node) == "1"
        }
    }

    private static func issuer(
        of node: NodeID,
        _ version: CarriedAssertion.Version,
        in document: XMLDocument
    ) -> String {
        guard version == .saml20 else { return document.attribute("Issuer", of: node) ?? "" }
        return document.firstElement("Issuer", in: version.namespace, of: node)
            .map { document.text(of: $0).trimmingXMLSpace() } ?? ""
    }

    /// SAML 2.0 has one subject; SAML 1.1 has one in each statement.
    private static func subjects(
        of node: NodeID,
        _ version: CarriedAssertion.Version,
        in document: XMLDocument
    ) -> [NodeID] {
        let parents = version == .saml20 ? [node] : Array(document.elements(in: node))
        return parents.flatMap { parent in
            document.elements(in: parent).filter { document.isNamed($0, "Subject", in: version.namespace) }
        }
    }

    private static func names(
        of subjects: [NodeID],
        _ version: CarriedAssertion.Version,
        in document: XMLDocument
    ) -> [String] {
        let name = version == .saml20 ? "NameID" : "NameIdentifier"
        return subjects.compactMap { document.firstElement(name, in: version.namespace, of: $0) }
            .map { document.text(of: $0).trimmingXMLSpace() }
    }
}

extension CarriedAssertion.Version {
    /// The namespace of the assertion.
    var namespace: String {
        switch self {
        case .saml11: SAMLNamespace.assertion11
        case .saml20: SAMLNamespace.assertion20
        }
    }
}
