import XML

/// A policy as its alternatives, each a list of assertions (WS-Policy 1.5 section 4.1 and 4.3).
struct PolicyNormalForm {
    var alternatives: [[PolicyAssertion]]

    /// The policy that demands nothing.
    static let empty = PolicyNormalForm(alternatives: [[]])

    /// More alternatives than any policy in use has; nested choices multiply.
    static let alternativeLimit = 64
    static let depthLimit = 24

    /// Reads a `wsp:Policy`; `policies` are those of the document by `wsu:Id`, for references.
    init(reading node: NodeID, in document: XMLDocument, policies: [String: NodeID]) throws(SecurityPolicyError) {
        let reader = Reader(document: document, policies: policies)
        alternatives = try reader.all(node, depth: 0)
    }

    init(alternatives: [[PolicyAssertion]]) { self.alternatives = alternatives }

    /// Both policies at once: every combination of their alternatives.
    func merged(with other: PolicyNormalForm) throws(SecurityPolicyError) -> PolicyNormalForm {
        PolicyNormalForm(alternatives: try Self.product(alternatives, other.alternatives))
    }

    private static func product(
        _ left: [[PolicyAssertion]],
        _ right: [[PolicyAssertion]]
    ) throws(SecurityPolicyError) -> [[PolicyAssertion]] {
        guard left.count * right.count <= alternativeLimit else {
            throw .limitExceeded("more than \(alternativeLimit) alternatives")
        }
        return left.flatMap { first in right.map { first + $0 } }
    }
}

extension PolicyNormalForm {
    /// Reads the operators of one document.
    private struct Reader {
        let document: XMLDocument
        let policies: [String: NodeID]

        /// `wsp:Policy` and `wsp:All`: all children at once.
        func all(_ node: NodeID, depth: Int) throws(SecurityPolicyError) -> [[PolicyAssertion]] {
            var alternatives: [[PolicyAssertion]] = [[]]
            for child in document.elements(in: node) {
                alternatives = try PolicyNormalForm.product(alternatives, operand(child, depth: depth + 1))
            }
            return alternatives
        }

        private func operand(_ node: NodeID, depth: Int) throws(SecurityPolicyError) -> [[PolicyAssertion]] {
            guard depth <= PolicyNormalForm.depthLimit else {
                throw .limitExceeded("policies nested deeper than \(PolicyNormalForm.depthLimit)")
            }
            let name = document.name(of: node)
            guard SecurityPolicyNamespace.policy.contains(name.namespace) else {
                return try assertion(node, name, depth: depth)
            }
            switch name.localName {
            case "Policy", "All": return try all(node, depth: depth)
            case "ExactlyOne":
                var alternatives: [[PolicyAssertion]] = []
                for child in document.elements(in: node) { alternatives += try operand(child, depth: depth + 1) }
                guard alternatives.count <= PolicyNormalForm.alternativeLimit else {
                    throw .limitExceeded("more than \(PolicyNormalForm.alternativeLimit) alternatives")
                }
                return alternatives
            case "PolicyReference": return try referenced(node, depth: depth)
            default: throw .malformed("\(name) is no operator of WS-Policy")
            }
        }

        private func referenced(_ node: NodeID, depth: Int) throws(SecurityPolicyError) -> [[PolicyAssertion]] {
            let uri = document.attribute("URI", of: node) ?? ""
            guard uri.hasPrefix("#"), let policy = policies[String(uri.dropFirst())] else {
                throw .malformed("wsp:PolicyReference \"\(uri.prefix(128))\" leads to no policy of this document")
            }
            return try all(policy, depth: depth)
        }

        private func assertion(
            _ node: NodeID,
            _ name: ExpandedName,
            depth: Int
        ) throws(SecurityPolicyError) -> [[PolicyAssertion]] {
            let nested = document.elements(in: node)
                .first { child in
                    let name = document.name(of: child)
                    return name.localName == "Policy" && SecurityPolicyNamespace.policy.contains(name.namespace)
                }
            var alternatives: [[PolicyAssertion]]
            if let nested {
                alternatives = try all(nested, depth: depth + 1)
                    .map { [PolicyAssertion(name: name, node: node, nested: $0)] }
            } else {
                alternatives = [[PolicyAssertion(name: name, node: node, nested: nil)]]
            }
            if isOptional(node) { alternatives.append([]) }
            return alternatives
        }

        private func isOptional(_ node: NodeID) -> Bool {
            SecurityPolicyNamespace.policy.contains { namespace in
                ["true", "1"].contains(document.attribute("Optional", in: namespace, of: node))
            }
        }
    }
}
