import FoundationEssentials
import XML
import XMLSignature

/// From when to when something holds; `nil` = without bound.
struct Validity {
    private(set) var notBefore: Date?
    private(set) var notOnOrAfter: Date?

    init() {}

    /// Reads the attributes of `node`.
    init(of node: NodeID, in document: XMLDocument) throws(SecurityFault) {
        notBefore = try Self.moment("NotBefore", of: node, in: document)
        notOnOrAfter = try Self.moment("NotOnOrAfter", of: node, in: document)
    }

    /// Whether it holds at `now`, with clocks that differ by `skew` seconds at most.
    func holds(at now: Date, skew: Double) -> Bool {
        notBefore.map { $0 <= now.addingTimeInterval(skew) } ?? true
            && notOnOrAfter.map { now < $0.addingTimeInterval(skew) } ?? true
    }

    private static func moment(
        _ name: String,
        of node: NodeID,
        in document: XMLDocument
    ) throws(SecurityFault) -> Date? {
        guard let text = document.attribute(name, of: node) else { return nil }
        guard let date = DateTime.date(of: text.trimmingXMLSpace()) else {
            throw SecurityFault(.invalidSecurityToken, "\(name) of a SAML assertion is no xsd:dateTime with a zone")
        }
        return date
    }
}

/// `saml:Conditions` (SAML 1.1 Core section 2.3.2.1, SAML 2.0 Core section 2.5).
struct Conditions {
    private(set) var validity = Validity()
    /// Each a set of audiences of which one must be ours.
    private(set) var audiences: [Set<String>] = []

    /// Reads the conditions of the assertion at `node`; one that is not known is refused.
    init(of node: NodeID, namespace: String, in document: XMLDocument) throws(SecurityFault) {
        guard let conditions = document.firstElement("Conditions", in: namespace, of: node) else { return }
        validity = try Validity(of: conditions, in: document)
        for condition in document.elements(in: conditions) {
            let name = document.name(of: condition)
            switch (name.namespace, name.localName) {
            case (namespace, "AudienceRestriction"), (namespace, "AudienceRestrictionCondition"):
                let names = document.elements(in: condition).prefix(64)
                    .map { document.text(of: $0).trimmingXMLSpace() }
                audiences.append(Set(names))
            case (namespace, "OneTimeUse"), (namespace, "DoNotCacheCondition"), (namespace, "ProxyRestriction"):
                continue
            default:
                let cause = "the condition \(name.description.prefix(256)) of a SAML assertion is not known"
                throw SecurityFault(.unsupportedSecurityToken, cause)
            }
        }
    }
}
