import XML
import XMLSignature

/// Signers that do not do what their message says.
enum CanonicalizationHypotheses {
    static func list(_ subject: CanonicalSubject) -> [ChangeHypothesis] {
        var list: [ChangeHypothesis] = []
        if !subject.method.inclusivePrefixes.isEmpty {
            var plain = subject.method
            plain.inclusivePrefixes = []
            list.append(
                ChangeHypothesis(.otherCanonicalization, "without its ec:InclusiveNamespaces") {
                    subject.octets(by: plain)
                }
            )
        }
        for (method, name) in [
            (Canonicalization.exclusive, "exclusive C14N"), (.inclusive, "inclusive C14N"),
            (Canonicalization(.exclusive10, withComments: true), "exclusive C14N with comments"),
            (Canonicalization(.inclusive10, withComments: true), "inclusive C14N with comments"),
        ] where method != subject.method {
            list.append(ChangeHypothesis(.otherCanonicalization, name) { subject.octets(by: method) })
        }
        return list
    }
}
