extension XMLDocument {
    /// The attributes of an element in the order of its tag, without namespace declarations; none of other nodes.
    package func attributes(of node: NodeID) -> [XMLAttribute] {
        tape.attributeRange(of: node.index).map { tape.attribute(at: $0) }
    }

    /// The normalised value of an attribute; nil when the element does not have it.
    package func attribute(_ localName: String, in namespace: String = "", of node: NodeID) -> String? {
        for index in tape.attributeRange(of: node.index) {
            let record = tape.attributes[index]
            if tape.names.matches(tape.names.localName(of: record.name), localName),
                tape.names.matches(record.namespace, namespace)
            {
                return tape.value(of: record)
            }
        }
        return nil
    }

    /// Every attribute with one of the names and its element, in document order: one pass over the tape.
    package func attributes(named names: [ExpandedName]) -> [(element: NodeID, attribute: XMLAttribute)] {
        let wanted = names.compactMap { name -> (namespace: UInt32, localName: UInt32)? in
            guard let namespace = tape.names.id(of: name.namespace), let localName = tape.names.id(of: name.localName)
            else { return nil }
            return (namespace, localName)
        }
        guard !wanted.isEmpty else { return [] }
        var found: [(element: NodeID, attribute: XMLAttribute)] = []
        for node in 0..<tape.nodes.count {
            for index in tape.attributeRange(of: node) {
                let record = tape.attributes[index]
                let localName = tape.names.localName(of: record.name)
                guard wanted.contains(where: { $0 == (record.namespace, localName) }) else { continue }
                found.append((NodeID(node), tape.attribute(at: index)))
            }
        }
        return found
    }
}

extension Tape {
    func attributeRange(of node: Int) -> Range<Int> {
        let first = Int(nodes[node].firstAttribute)
        return first..<first + Int(nodes[node].attributeCount)
    }

    func attribute(at index: Int) -> XMLAttribute {
        let record = attributes[index]
        let name = ExpandedName(names.text(names.localName(of: record.name)), in: names.text(record.namespace))
        return XMLAttribute(
            name: name,
            prefix: names.text(names.prefix(of: record.name)),
            value: value(of: record),
            range: record.range
        )
    }

    func value(of record: AttributeRecord) -> String {
        let octets = octets
        let input = octets.span
        if record.isClean { return input.string(in: record.valueRange) }
        var value: [UInt8] = []
        CharacterContent.append(input, record.valueRange, as: .attributeValue, to: &value)
        return String(decoding: value, as: UTF8.self)
    }
}
