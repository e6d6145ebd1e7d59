extension XMLDocument {
    /// Checks octets that are to stand in the place of a node, such as decrypted content, before they are placed.
    ///
    /// They must be content (XML 1.0 production 43) in UTF-8 under the namespaces in scope at the node: what they open
    /// they close, and they close nothing else. Positions in errors count from the first of `octets`.
    package func checkContent(
        _ octets: [UInt8],
        inPlaceOf node: NodeID,
        limits: XMLLimits = .standard
    ) throws(XMLError) {
        let scope = tape.nodes[Int(tape.nodes[node.index].parent)].scope
        let head = Array("<content\(declarations(in: scope))>".utf8)
        var wider = limits
        wider.octetCount += head.count + 10
        wider.attributesPerElement = max(limits.attributesPerElement, limits.namespaceBindings)
        do throws(XMLError) {
            _ = try XMLDocument(scanning: head + octets + Array("</content>".utf8), limits: wider)
        } catch {
            throw XMLError(error.kind, at: min(max(error.offset - head.count, 0), octets.count))
        }
    }

    /// The declarations in scope as attributes of a start tag, of each prefix the innermost.
    private func declarations(in scope: UInt32) -> String {
        var seen: Set<UInt32> = [NameID.xml]
        var text = ""
        var place = Int(scope)
        while place != 0 {
            let binding = tape.bindings[place]
            place = Int(binding.outer)
            guard seen.insert(binding.prefix).inserted else { continue }
            let name = binding.prefix == NameID.empty ? "xmlns" : "xmlns:\(tape.names.text(binding.prefix))"
            text += " \(name)=\"\(XMLEscaping.attribute(tape.names.text(binding.namespace)))\""
        }
        return text
    }
}
