extension XMLDocument {
    /// The attributes of an element in the order of its tag, without namespace declarations; none of other nodes.
    package func attributes(of node: NodeID) -> [XMLAttribute] {
        tape.tables.attributeRange(of: node.index).map { tape.attribute(at: $0) }
    }

    /// The normalised value of an attribute; nil when the element does not have it.
    package func attribute(_ localName: String, in namespace: String = "", of node: NodeID) -> String? {
        for index in tape.tables.attributeRange(of: node.index) {
            let record = tape.tables.attributes[index]
            if tape.tables.names.matches(tape.tables.names.localName(of: record.name), localName),
                tape.tables.names.matches(record.namespace, namespace)
            {
                return tape.value(of: record)
            }
        }
        return nil
    }

    /// Every attribute with one of the names and its element, in document order: one pass over the tape.
    package func attributes(named names: [ExpandedName]) -> [(element: NodeID, attribute: XMLAttribute)] {
        var found: [(element: NodeID, attribute: XMLAttribute)] = []
        forEachAttribute(named: names) { found.append((NodeID($0), tape.attribute(at: $1))) }
        return found
    }

    /// The values of the same attributes, and whether each has a namespace.
    package func values(
        ofAttributes names: [ExpandedName]
    ) -> [(element: NodeID, value: String, isQualified: Bool)] {
        var found: [(element: NodeID, value: String, isQualified: Bool)] = []
        found.reserveCapacity(8)
        forEachAttribute(named: names) { node, index in
            let record = tape.tables.attributes[index]
            found.append((NodeID(node), tape.value(of: record), record.namespace != NameID.empty))
        }
        return found
    }

    /// Calls `body` with the places of node and attribute.
    private func forEachAttribute(named names: [ExpandedName], _ body: (Int, Int) -> Void) {
        let wanted = names.compactMap { name -> (namespace: UInt32, localName: UInt32)? in
            guard let namespace = tape.tables.names.id(of: name.namespace),
                let localName = tape.tables.names.id(of: name.localName)
            else { return nil }
            return (namespace, localName)
        }
        guard !wanted.isEmpty else { return }
        for node in 0..<tape.tables.nodes.count {
            for index in tape.tables.attributeRange(of: node) {
                let record = tape.tables.attributes[index]
                let localName = tape.tables.names.localName(of: record.name)
                guard wanted.contains(where: { $0 == (record.namespace, localName) }) else { continue }
                body(node, index)
            }
        }
    }
}

extension Tape {
    func attribute(at index: Int) -> XMLAttribute {
        let record = tables.attributes[index]
        let name = ExpandedName(
            tables.names.text(tables.names.localName(of: record.name)),
            in: tables.names.text(record.namespace)
        )
        return XMLAttribute(
            name: name,
            prefix: tables.names.text(tables.names.prefix(of: record.name)),
            value: value(of: record),
            range: record.range
        )
    }

    func value(of record: AttributeRecord) -> String {
        let octets = octets
        return tables.value(of: record, octets.span)
    }
}

extension Tables {
    /// The normalised value of an attribute in `input`.
    func value(of record: AttributeRecord, _ input: Span<UInt8>) -> String {
        if record.isClean { return input.string(in: record.valueRange) }
        var value: [UInt8] = []
        CharacterContent.append(input, record.valueRange, as: .attributeValue, to: &value)
        return String(decoding: value, as: UTF8.self)
    }
}
