extension Canonicalizer {
    /// Writes a start tag: name, declarations by prefix, attributes by namespace and local name.
    @inline(__always)
    mutating func writeStartTag(_ node: NodeRecord, isApex: Bool, _ input: Span<UInt8>) {
        // Above the apex nothing has been written, so all that is in scope there counts as its own.
        let outerScope = isApex ? 0 : tape.nodes[node.parent].scope
        axis.collect(node, outerScope: outerScope, tape)
        order.truncate(to: 0)
        let first = node.firstAttribute
        for index in first..<first + UInt32(node.attributeCount) { order.append(index) }
        if isApex { inheritAttributes(node) }
        let nameEnd = Int(node.start) + 1 + tape.names.octetCount(of: node.name)
        if order.count == 0, axis.pending.count == 0, nameEnd + 1 == Int(node.contentStart) {
            return output.write(input, Int(node.start)..<Int(node.contentStart))
        }
        output.write(input, Int(node.start)..<nameEnd)
        writeDeclarations()
        writeAttributes(input)
        output.write(0x3E)
    }

    /// Writes an end tag, also where the source has an empty-element tag.
    @inline(__always)
    mutating func writeEndTag(_ node: NodeRecord, _ input: Span<UInt8>) {
        let length = tape.names.octetCount(of: node.name)
        if Int(node.end) - Int(node.contentEnd) == length + 3 {
            return output.write(input, Int(node.contentEnd)..<Int(node.end))
        }
        output.write("</")
        output.write(input, Int(node.start) + 1..<Int(node.start) + 1 + length)
        output.write(0x3E)
    }

    private mutating func writeDeclarations() {
        guard axis.pending.count > 0 else { return }
        let tape = tape
        axis.sort(tape)
        for index in 0..<axis.pending.count {
            let entry = axis.pending[index]
            if entry.prefix == NameID.empty {
                output.write(" xmlns=\"")
            } else {
                output.write(" xmlns:")
                tape.names.withOctets(of: entry.prefix) { octets, range in output.write(octets, range) }
                output.write("=\"")
            }
            tape.names.withOctets(of: entry.namespace) { octets, range in output.writeNormalisedValue(octets, range) }
            output.write(0x22)
        }
    }

    @inline(__always)
    private mutating func writeAttributes(_ input: Span<UInt8>) {
        if order.count > 1 {
            let tape = tape
            order.sort { tape.precedes($0, $1) }
        }
        for index in 0..<order.count {
            guard order[index] != joinedAttribute else {
                writeJoinedBase()
                continue
            }
            let attribute = tape.attributes[order[index]]
            let nameEnd = Int(attribute.start) + tape.names.octetCount(of: attribute.name)
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

extension Tape {
    /// The order of attributes: by namespace URI, then by local name.
    func precedes(_ left: UInt32, _ right: UInt32) -> Bool {
        let first = attributes[left]
        let second = attributes[right]
        if first.namespace != second.namespace { return names.precedes(first.namespace, second.namespace) }
        return names.precedes(names.localName(of: first.name), names.localName(of: second.name))
    }
}
