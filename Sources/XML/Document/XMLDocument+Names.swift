extension XMLDocument {
    /// The name of an element; of a processing instruction the target in no namespace; else an empty name.
    package func name(of node: NodeID) -> ExpandedName {
        let record = tape.tables.nodes[node.index]
        let localName = tape.tables.names.localName(of: record.name)
        return ExpandedName(tape.tables.names.text(localName), in: tape.tables.names.text(record.namespace))
    }

    /// Whether the node is an element of this name; allocates nothing.
    package func isNamed(_ node: NodeID, _ localName: String, in namespace: String) -> Bool {
        let record = tape.tables.nodes[node.index]
        return record.kind == .element
            && tape.tables.names.matches(tape.tables.names.localName(of: record.name), localName)
            && tape.tables.names.matches(record.namespace, namespace)
    }

    /// Whether the element's name is in `namespace`; allocates nothing.
    package func isInNamespace(_ node: NodeID, _ namespace: String) -> Bool {
        tape.tables.names.matches(tape.tables.nodes[node.index].namespace, namespace)
    }

    /// The prefix of an element as written; empty when there is none.
    package func prefix(of node: NodeID) -> String {
        tape.tables.names.text(tape.tables.names.prefix(of: tape.tables.nodes[node.index].name))
    }

    /// The namespace that a prefix is bound to at a node; the empty prefix asks for the default namespace.
    ///
    /// Nil when the prefix is not bound, or the default namespace is none.
    package func namespace(forPrefix prefix: String, at node: NodeID) -> String? {
        guard let id = tape.tables.names.id(of: prefix),
            let namespace = tape.namespace(of: id, scope: tape.tables.nodes[node.index].scope),
            namespace != NameID.empty
        else { return nil }
        return tape.tables.names.text(namespace)
    }

    /// A prefix that is bound to the namespace at a node, the innermost first; nil when there is none.
    package func prefix(forNamespace namespace: String, at node: NodeID) -> String? {
        guard let id = tape.tables.names.id(of: namespace) else { return nil }
        let scope = tape.tables.nodes[node.index].scope
        var binding = tape.tables.bindings[Int(scope)]
        while true {
            if binding.namespace == id, tape.namespace(of: binding.prefix, scope: scope) == id {
                return tape.tables.names.text(binding.prefix)
            }
            guard binding.outer != 0 else { return nil }
            binding = tape.tables.bindings[Int(binding.outer)]
        }
    }
}
