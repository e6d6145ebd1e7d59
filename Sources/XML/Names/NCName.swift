extension String {
    /// Whether the text is an `NCName` (Namespaces in XML 1.0 production 4), as values of type `xsd:ID` must be.
    package var isNCName: Bool {
        let isNarrow = utf8.withContiguousStorageIfAvailable { $0.allSatisfy { $0 < 0x80 } ? Self.isNCName($0) : nil }
        return (isNarrow ?? nil) ?? isWideNCName
    }

    /// The same for ASCII.
    private static func isNCName(_ octets: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let first = octets.first, CharacterClass.startsASCIIName(first) else { return false }
        return octets.allSatisfy { CharacterClass.mayBeName($0) && $0 != 0x3A }
    }

    /// The same for text that is not all ASCII.
    private var isWideNCName: Bool {
        var isFirst = true
        for scalar in unicodeScalars {
            let isFit = isFirst ? CharacterClass.startsName(scalar.value) : CharacterClass.continuesName(scalar.value)
            guard isFit else { return false }
            isFirst = false
        }
        return !isFirst
    }
}
