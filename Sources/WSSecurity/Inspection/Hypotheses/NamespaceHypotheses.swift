import XML

/// Declarations outside of the signed element that inclusive C14N, or a list of prefixes, brings into its form.
enum NamespaceHypotheses {
    private static let limit = 24
    private static let lost = [
        ("xsi", "http://www.w3.org/2001/XMLSchema-instance"), ("xsd", "http://www.w3.org/2001/XMLSchema"),
    ]

    static func list(_ subject: CanonicalSubject) -> [ChangeHypothesis] {
        let document = subject.document
        guard let parent = document.parent(of: subject.node), parent != .document else { return [] }
        let bound = document.boundPrefixes(at: parent)
            .compactMap { prefix in
                document.namespace(forPrefix: prefix, at: parent).map { (prefix: prefix, namespace: $0) }
            }
        var list = bound.prefix(limit)
            .map { binding in
                ChangeHypothesis(.namespacesChanged, "\(name(binding.prefix)) was declared") {
                    subject.octets(boundTo: bound.filter { $0.prefix != binding.prefix })
                }
            }
        let absent = lost.filter { pair in !bound.contains { $0.prefix == pair.0 } }
        for added in absent.map({ [$0] }) + [absent] where !added.isEmpty {
            list.append(
                ChangeHypothesis(
                    .namespacesChanged,
                    added.map { name($0.0) }.joined(separator: " and ") + " was taken away"
                ) { subject.octets(boundTo: bound + added.map { (prefix: $0.0, namespace: $0.1) }) }
            )
        }
        // Ancestors' declarations from the innermost on: an envelope that was put round a signed part.
        for count in stride(from: bound.count - 1, through: 0, by: -1) {
            list.append(
                ChangeHypothesis(.namespacesChanged, "the element was moved into another envelope") {
                    subject.octets(boundTo: Array(bound.prefix(count)))
                }
            )
        }
        return list
    }

    private static func name(_ prefix: String) -> String { prefix.isEmpty ? "xmlns" : "xmlns:" + prefix }
}
