extension Scanner {
    /// Reads the attributes of a start tag and its end; returns whether it is an empty-element tag.
    mutating func scanAttributes(_ input: Span<UInt8>, firstBinding: Int) throws(XMLError) -> Bool {
        let firstAttribute = tables.attributes.count
        while true {
            let before = position
            skipSpace(input)
            switch input.octet(at: position) {
            case 0x3E:
                position += 1
                return false
            case 0x2F:
                position += 1
                guard input.octet(at: position) == 0x3E else { throw broken(.startTag, input) }
                position += 1
                return true
            default:
                guard position > before, position < input.count else { throw broken(.startTag, input) }
                let most = limits.attributesPerElement
                guard
                    tables.attributes.count - firstAttribute + tables.bindings.count - firstBinding
                        < min(most, Int(UInt16.max))
                else { throw XMLError(.limitExceeded(.attributesPerElement, most), at: position) }
                try scanAttribute(input, firstBinding: firstBinding)
            }
        }
    }

    /// Reads `Name Eq AttValue` (XML 1.0 production 41), a declaration or an attribute.
    private mutating func scanAttribute(_ input: Span<UInt8>, firstBinding: Int) throws(XMLError) {
        let start = position
        let name = try scanName(input)
        skipSpace(input)
        guard input.octet(at: position) == 0x3D else { throw broken(.attribute, input) }
        position += 1
        skipSpace(input)
        let valueStart = position + 1
        let isClean = try scanAttributeValue(input)
        let value = valueStart..<position - 1
        let record = tables.names.records[name]
        if name == NameID.xmlns {
            try declare(NameID.empty, input, value, isClean: isClean, at: start, firstBinding: firstBinding)
        } else if record.prefix == NameID.xmlns {
            try declare(record.localName, input, value, isClean: isClean, at: start, firstBinding: firstBinding)
        } else {
            tables.attributes.append(
                AttributeRecord(
                    name: name,
                    start: UInt32(start),
                    valueStart: UInt32(value.lowerBound),
                    valueEnd: UInt32(value.upperBound),
                    isClean: isClean
                )
            )
        }
    }

    /// Reads a quoted value (production 10); returns whether its canonical form is the same octets.
    private mutating func scanAttributeValue(_ input: Span<UInt8>) throws(XMLError) -> Bool {
        let quote = input.octet(at: position)
        guard quote == 0x22 || quote == 0x27 else { throw broken(.attributeValue, input) }
        let start = position + 1
        let end = min(input.count, start + limits.attributeValueOctetCount + 1)
        var isClean = true
        position = start
        while true {
            position = input.valueSpecial(quote: quote, from: position, to: end)
            guard position < end else { throw endOfValue(input, start: start) }
            switch input[position] {
            case quote:
                if quote == 0x27, isClean { isClean = input.first(0x22, from: start, to: position) == position }
                position += 1
                return isClean
            case 0x3C: throw XMLError(.lessThanInAttributeValue, at: position)
            case 0x26: position = try Reference(reading: input, at: position).end
            default: position += 1
            }
            isClean = false
        }
    }

    private func endOfValue(_ input: Span<UInt8>, start: Int) -> XMLError {
        if position >= input.count { return XMLError(.unexpectedEnd(.attributeValue), at: input.count) }
        return XMLError(.limitExceeded(.attributeValueOctetCount, limits.attributeValueOctetCount), at: start)
    }
}
