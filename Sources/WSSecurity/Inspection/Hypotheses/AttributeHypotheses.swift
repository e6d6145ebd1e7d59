import XML
import XMLSignature

/// Attributes that the signed element got after its digest was made: an id, a `mustUnderstand`, an actor.
enum AttributeHypotheses {
    private static let limit = 16

    static func list(_ subject: CanonicalSubject) -> [ChangeHypothesis] {
        let attributes = subject.document.attributes(of: subject.node)
        return attributes.prefix(limit)
            .map { attribute in
                ChangeHypothesis(.attributeAdded, StandardName.text(attribute.name)) {
                    subject.octets(after: [XMLEdit(range: attribute.range, replacement: [])])
                }
            }
    }
}
