extension XMLDocument {
    /// The prefixes that are bound at a node, the innermost declaration first; empty for a default namespace.
    ///
    /// `xml`, which is bound everywhere, is left out.
    package func boundPrefixes(at node: NodeID) -> [String] {
        var prefixes: [String] = []
        var seen: Set<UInt32> = [NameID.xml]
        var binding = tape.tables.bindings[Int(tape.tables.nodes[node.index].scope)]
        while true {
            if seen.insert(binding.prefix).inserted, binding.namespace != NameID.empty {
                prefixes.append(tape.tables.names.text(binding.prefix))
            }
            guard binding.outer != 0 else { return prefixes }
            binding = tape.tables.bindings[Int(binding.outer)]
        }
    }
}
