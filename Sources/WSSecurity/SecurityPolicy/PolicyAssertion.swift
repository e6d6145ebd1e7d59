import XML

/// An assertion of a policy in normal form (WS-Policy 1.5 section 3.1): its nested policy has one alternative.
struct PolicyAssertion {
    let name: ExpandedName
    /// The element, for parameters that are no policy.
    let node: NodeID
    /// The nested policy; `nil` when there is none.
    let nested: [PolicyAssertion]?

    /// Whether it is the assertion of WS-SecurityPolicy with that name, in any version.
    func isNamed(_ localName: String) -> Bool {
        name.localName == localName && SecurityPolicyNamespace.isSecurityPolicy(name.namespace)
    }
}

extension PolicyAssertion {
    /// The error for this assertion.
    func unsupported(_ reason: String = "it is not understood") -> SecurityPolicyError {
        .unsupportedAssertion(name: name.description, reason: reason)
    }

    /// The one nested assertion; throws when there is none or more.
    func onlyNested() throws(SecurityPolicyError) -> PolicyAssertion {
        guard let nested, let first = nested.first, nested.count == 1 else {
            throw .malformed("\(name) must hold a policy with one assertion")
        }
        return first
    }
}
