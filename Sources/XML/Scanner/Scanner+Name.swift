extension Scanner {
    /// Reads a qualified name (Namespaces in XML 1.0 production 7) and returns its number.
    ///
    /// Names come in the same order again and again: the one that followed last time is tried first.
    @inline(__always)
    mutating func scanName(_ input: Span<UInt8>) throws(XMLError) -> UInt32 {
        let guess = tables.names.records[lastName].follower
        let end = position + tables.names.octetCount(of: guess)
        if guess != NameID.empty, tables.names.matches(guess, input, at: position),
            !CharacterClass.mayBeName(input.octet(at: end))
        {
            position = end
            lastName = guess
            return guess
        }
        let name = try scanNewName(input)
        tables.names.records[lastName].follower = name
        lastName = name
        return name
    }

    private mutating func scanNewName(_ input: Span<UInt8>) throws(XMLError) -> UInt32 {
        let start = position
        while CharacterClass.mayBeName(input.octet(at: position)) { position += 1 }
        let name = try intern(input, start..<position)
        if tables.names.records[name].prefix == NameID.unchecked { try check(name, input, start..<position) }
        return name
    }

    /// The number of a name within the limits.
    @inline(__always)
    mutating func intern(_ input: Span<UInt8>, _ range: Range<Int>) throws(XMLError) -> UInt32 {
        guard range.count <= limits.nameOctetCount else {
            throw XMLError(.limitExceeded(.nameOctetCount, limits.nameOctetCount), at: range.lowerBound)
        }
        guard let id = tables.names.intern(input, range, limit: limits.distinctNames) else {
            throw XMLError(.limitExceeded(.distinctNames, limits.distinctNames), at: range.lowerBound)
        }
        return id
    }

    /// Checks a name that is seen for the first time and splits it at its colon.
    private mutating func check(_ name: UInt32, _ input: Span<UInt8>, _ range: Range<Int>) throws(XMLError) {
        let colon = input.first(0x3A, from: range.lowerBound, to: range.upperBound)
        guard colon < range.upperBound else {
            try checkPart(input, range)
            tables.names.records[name].prefix = NameID.empty
            tables.names.records[name].localName = name
            return
        }
        try checkPart(input, range.lowerBound..<colon)
        try checkPart(input, colon + 1..<range.upperBound)
        let prefix = try intern(input, range.lowerBound..<colon)
        let localName = try intern(input, colon + 1..<range.upperBound)
        tables.names.records[name].prefix = prefix
        tables.names.records[name].localName = localName
    }

    /// Production 4, `NCName`, of octets that are name characters or colons where they are ASCII.
    private func checkPart(_ input: Span<UInt8>, _ range: Range<Int>) throws(XMLError) {
        var index = range.lowerBound
        guard !range.isEmpty else { throw XMLError(.invalidName, at: index) }
        if CharacterClass.startsASCIIName(input[index]), input.isPlainName(in: range) { return }
        while index < range.upperBound {
            guard let next = input.scalar(at: index) else { throw XMLError(.invalidName, at: index) }
            let isFirst = index == range.lowerBound
            guard isFirst ? CharacterClass.startsName(next.value) : CharacterClass.continuesName(next.value) else {
                throw XMLError(.invalidName, at: index)
            }
            index += next.length
        }
    }
}

extension Span where Element == UInt8 {
    /// Whether the octets in `range` are ASCII without a colon, eight at a time.
    @inline(__always)
    fileprivate func isPlainName(in range: Range<Int>) -> Bool {
        var index = range.lowerBound
        while index < range.upperBound {
            let word = word(at: index, end: range.upperBound)
            guard word & UInt64.tops | word.marks(of: .repeating(0x3A)) == 0 else { return false }
            index += 8
        }
        return true
    }
}
