extension Scanner {
    /// Reads a comment (XML 1.0 production 15).
    mutating func scanComment(_ input: Span<UInt8>) throws(XMLError) {
        let start = position
        position += 4
        let content = position
        while true {
            position = input.first(0x2D, from: position, to: input.count)
            guard position + 1 < input.count else { throw XMLError(.unexpectedEnd(.comment), at: input.count) }
            if input[position + 1] == 0x2D { break }
            position += 1
        }
        let end = position
        position += 2
        guard input.octet(at: position) == 0x3E else { throw broken(.comment, input) }
        position += 1
        try addNote(.comment, input, start: start, content: content..<end, name: NameID.empty)
    }

    /// Reads a processing instruction (production 16); its target holds no colon.
    mutating func scanProcessingInstruction(_ input: Span<UInt8>) throws(XMLError) {
        let start = position
        position += 2
        let target = try scanName(input)
        let length = position - start - 2
        let isReserved = length == 3 && input.word(at: start + 2, end: position) | 0x20_2020 == 0x6C_6D78
        guard !isReserved, tables.names.records[target].prefix == NameID.empty else {
            throw XMLError(.invalidName, at: start + 2)
        }
        let afterName = position
        skipSpace(input)
        let content = position
        while !input.hasText("?>", at: position) {
            guard position < input.count else {
                throw XMLError(.unexpectedEnd(.processingInstruction), at: input.count)
            }
            guard content > afterName else { throw XMLError(.malformed(.processingInstruction), at: position) }
            position = input.first(0x3F, from: position + 1, to: input.count)
        }
        position += 2
        try addNote(.processingInstruction, input, start: start, content: content..<position - 2, name: target)
    }

    private mutating func addNote(
        _ kind: NodeKind,
        _ input: Span<UInt8>,
        start: Int,
        content: Range<Int>,
        name: UInt32
    ) throws(XMLError) {
        let isClean = input.first(0x0D, from: content.lowerBound, to: content.upperBound) == content.upperBound
        try add(
            NodeRecord(
                kind: kind,
                flags: isClean ? .clean : [],
                start: UInt32(start),
                end: UInt32(position),
                contentStart: UInt32(content.lowerBound),
                contentEnd: UInt32(content.upperBound),
                parent: parent,
                name: name,
                scope: scope
            )
        )
    }
}
