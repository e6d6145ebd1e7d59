extension Scanner {
    /// Reads character data and references up to the next markup (XML 1.0 productions 14 and 67).
    mutating func scanText(_ input: Span<UInt8>) throws(XMLError) {
        let start = position
        var isClean = true
        scan: while true {
            position = input.textSpecial(from: position, to: input.count)
            switch input.octet(at: position) {
            case 0x26: position = try Reference(reading: input, at: position).end
            case 0x3E:
                guard !endsSection(input, since: start) else { throw XMLError(.sectionEndInText, at: position - 2) }
                position += 1
            case 0x0D: position += 1
            default: break scan
            }
            isClean = false
        }
        try addText(start: start, content: start..<position, flags: isClean ? .clean : [])
    }

    /// Reads a CDATA section (production 18).
    mutating func scanCharacterData(_ input: Span<UInt8>) throws(XMLError) {
        let start = position
        guard open.count > 1 else { throw XMLError(.contentOutsideDocumentElement, at: start) }
        position += 9
        let content = position
        var isClean = true
        while true {
            position = input.textSpecial(from: position, to: input.count)
            guard position < input.count else { throw XMLError(.unexpectedEnd(.characterData), at: position) }
            if input[position] == 0x3E, endsSection(input, since: content) { break }
            isClean = false
            position += 1
        }
        position += 1
        let flags: NodeRecord.Flags = isClean ? [.characterData, .clean] : .characterData
        try addText(start: start, content: content..<position - 3, flags: flags)
    }

    func endsSection(_ input: Span<UInt8>, since start: Int) -> Bool {
        position - start >= 2 && input[position - 1] == 0x5D && input[position - 2] == 0x5D
    }

    mutating func addText(start: Int, content: Range<Int>, flags: NodeRecord.Flags) throws(XMLError) {
        try add(
            NodeRecord(
                kind: .text,
                flags: flags,
                start: UInt32(start),
                end: UInt32(position),
                contentStart: UInt32(content.lowerBound),
                contentEnd: UInt32(content.upperBound),
                parent: parent,
                scope: scope
            )
        )
    }
}
