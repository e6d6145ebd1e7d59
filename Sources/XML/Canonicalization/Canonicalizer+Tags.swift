extension Canonicalizer {
    /// Writes a start tag: name, declarations by prefix, attributes by namespace and local name.
    @inline(__always)
    mutating func writeStartTag(
        _ node: NodeRecord,
        outerScope: UInt32,
        isApex: Bool,
        _ tables: borrowing Tables,
        _ input: Span<UInt8>
    ) {
        axis.collect(node, outerScope: outerScope, tables)
        order.truncate(to: 0)
        let first = node.firstAttribute
        for index in first..<first + UInt32(node.attributeCount) { order.append(index) }
        if isApex { inheritAttributes(node, tables, input) }
        let nameEnd = Int(node.start) + 1 + tables.names.octetCount(of: node.name)
        if order.count == 0, axis.pending.count == 0, nameEnd + 1 == Int(node.contentStart) {
            return output.write(input, Int(node.start)..<Int(node.contentStart))
        }
        output.write(input, Int(node.start)..<nameEnd)
        writeDeclarations(tables)
        writeAttributes(tables, input)
        output.write(0x3E)
    }

    /// Writes an end tag, also where the source has an empty-element tag.
    @inline(__always)
    mutating func writeEndTag(_ node: NodeRecord, _ tables: borrowing Tables, _ input: Span<UInt8>) {
        let length = tables.names.octetCount(of: node.name)
        if Int(node.end) - Int(node.contentEnd) == length + 3 {
            return output.write(input, Int(node.contentEnd)..<Int(node.end))
        }
        output.write("</")
        tables.names.withOctets(of: node.name) { octets, range in output.write(octets, range) }
        output.write(0x3E)
    }

    private mutating func writeDeclarations(_ tables: borrowing Tables) {
        guard axis.pending.count > 0 else { return }
        axis.sort(tables)
        for index in 0..<axis.pending.count {
            let entry = axis.pending[index]
            if entry.prefix == NameID.empty {
                output.write(" xmlns=\"")
            } else {
                output.write(" xmlns:")
                tables.names.withOctets(of: entry.prefix) { octets, range in output.write(octets, range) }
                output.write("=\"")
            }
            tables.names.withOctets(of: entry.namespace) { octets, range in output.writeNormalisedValue(octets, range) }
            output.write(0x22)
        }
    }

    @inline(__always)
    private mutating func writeAttributes(_ tables: borrowing Tables, _ input: Span<UInt8>) {
        if order.count > 1 { order.sort { tables.precedes($0, $1) } }
        for index in 0..<order.count {
            guard order[index] != joinedAttribute else {
                writeJoinedBase()
                continue
            }
            let attribute = tables.attributes[order[index]]
            let nameEnd = Int(attribute.start) + tables.names.octetCount(of: attribute.name)
            output.write(0x20)
            if attribute.isClean, nameEnd + 2 == Int(attribute.valueStart), input[nameEnd + 1] == 0x22 {
                output.write(input, attribute.range)
                continue
            }
            output.write(input, Int(attribute.start)..<nameEnd)
            output.write("=\"")
            output.writeValue(input, attribute.valueRange)
            output.write(0x22)
        }
    }
}
