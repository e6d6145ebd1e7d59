import XML

/// The policies of a WSDL 1.1 document, found where they are attached (Web Services Policy 1.5 - Attachment section 4).
struct PolicyAttachment {
    /// Both messages of one operation with all that applies to them.
    struct Operation {
        let request: PolicyNormalForm
        let response: PolicyNormalForm
    }

    private let document: XMLDocument
    private let policies: [String: NodeID]

    init(_ document: XMLDocument) throws(SecurityPolicyError) {
        self.document = document
        policies = try document.policies()
        guard document.isNamed(document.root, "definitions", in: SecurityPolicyNamespace.wsdl) else {
            throw .malformed("the document is no wsdl:definitions")
        }
        try checkSubjects()
    }

    /// The policies of the operation that `subject` names.
    func operation(_ subject: SecurityPolicy.Subject) throws(SecurityPolicyError) -> Operation {
        let port = try port(named: subject.port)
        let binding = try referenced(by: "binding", of: port, as: "binding")
        let portType = try referenced(by: "type", of: binding, as: "portType")
        let bound = try only("operation", in: binding, named: subject.operation)
        let name = document.attribute("name", of: bound)
        let abstract = try only("operation", in: portType, named: name)
        let common = try merged([port, binding, portType, bound, abstract])
        return Operation(
            request: try common.merged(with: message("input", of: bound, abstract)),
            response: try common.merged(with: message("output", of: bound, abstract))
        )
    }

    private func message(
        _ name: String,
        of bound: NodeID,
        _ abstract: NodeID
    ) throws(SecurityPolicyError) -> PolicyNormalForm {
        try merged(
            [bound, abstract].compactMap { document.firstElement(name, in: SecurityPolicyNamespace.wsdl, of: $0) }
        )
    }

    private func merged(_ nodes: [NodeID]) throws(SecurityPolicyError) -> PolicyNormalForm {
        var form = PolicyNormalForm.empty
        for node in nodes {
            for policy in try attached(to: node) {
                form = try form.merged(with: PolicyNormalForm(reading: policy, in: document, policies: policies))
            }
        }
        return form
    }

    /// The policies that stand in `node` or that it refers to.
    private func attached(to node: NodeID) throws(SecurityPolicyError) -> [NodeID] {
        var found: [NodeID] = []
        for child in document.elements(in: node) where document.isOfPolicy(child) {
            switch document.name(of: child).localName {
            case "Policy": found.append(child)
            case "PolicyReference": found.append(try policy(at: document.attribute("URI", of: child) ?? ""))
            default: throw .malformed("\(document.name(of: child)) is not attached to anything")
            }
        }
        for namespace in SecurityPolicyNamespace.policy {
            let list = document.attribute("PolicyURIs", in: namespace, of: node) ?? ""
            for uri in list.split(separator: " ") { found.append(try policy(at: String(uri))) }
        }
        return found
    }

    private func policy(at uri: String) throws(SecurityPolicyError) -> NodeID {
        guard uri.hasPrefix("#"), let policy = policies[String(uri.dropFirst())] else {
            throw .malformed("the policy \"\(uri.prefix(128))\" is not in this document")
        }
        return policy
    }

    /// A policy at a place that is not read would be a demand that is silently not met.
    private func checkSubjects() throws(SecurityPolicyError) {
        for node in document.descendants(of: document.root) where !document.isOfPolicy(node) {
            let name = document.name(of: node)
            guard name.namespace == SecurityPolicyNamespace.wsdl, !Self.subjects.contains(name.localName) else {
                continue
            }
            guard try attached(to: node).isEmpty else {
                throw .unsupportedAssertion(name: name.description, reason: "policies attached to it are not read")
            }
        }
    }

    private static let subjects: Set = ["port", "binding", "portType", "operation", "input", "output"]
}

extension PolicyAttachment {
    private func port(named name: String?) throws(SecurityPolicyError) -> NodeID {
        let services = document.elements(in: document.root)
            .filter { document.isNamed($0, "service", in: SecurityPolicyNamespace.wsdl) }
        let ports = services.flatMap { service in
            document.elements(in: service).filter { document.isNamed($0, "port", in: SecurityPolicyNamespace.wsdl) }
        }
        return try only(ports, "port", named: name)
    }

    private func only(_ kind: String, in node: NodeID, named name: String?) throws(SecurityPolicyError) -> NodeID {
        let nodes = document.elements(in: node)
            .filter { document.isNamed($0, kind, in: SecurityPolicyNamespace.wsdl) }
        return try only(Array(nodes), kind, named: name)
    }

    private func only(_ nodes: [NodeID], _ kind: String, named name: String?) throws(SecurityPolicyError) -> NodeID {
        let fitting = nodes.filter { name == nil || document.attribute("name", of: $0) == name }
        guard let node = fitting.first, fitting.count == 1 else {
            let names = nodes.prefix(16).map { document.attribute("name", of: $0) ?? "" }.joined(separator: ", ")
            let asked = name.map { "no \(kind), or several, named \($0)" } ?? "\(nodes.count) of kind \(kind): name one"
            throw .ambiguousSubject("the WSDL has \(asked) (\(names))")
        }
        return node
    }

    /// The top-level element that an attribute with a qualified name leads to; in this document.
    private func referenced(
        by attribute: String,
        of node: NodeID,
        as kind: String
    ) throws(SecurityPolicyError) -> NodeID {
        let name = document.attribute(attribute, of: node) ?? ""
        let localName = name.split(separator: ":").last.map(String.init) ?? ""
        return try only(kind, in: document.root, named: localName)
    }
}

extension XMLDocument {
    /// Every `wsp:Policy` by `wsu:Id` or `xml:id`.
    func policies() throws(SecurityPolicyError) -> [String: NodeID] {
        var policies: [String: NodeID] = [:]
        for (element, attribute) in attributes(named: MessageSnapshot.identifiers) where isOfPolicy(element) {
            guard policies.updateValue(element, forKey: attribute.value) == nil else {
                throw .malformed("two policies have the id \"\(attribute.value.prefix(128))\"")
            }
        }
        return policies
    }

    /// Whether the element is one of WS-Policy.
    func isOfPolicy(_ node: NodeID) -> Bool { SecurityPolicyNamespace.policy.contains(name(of: node).namespace) }
}
