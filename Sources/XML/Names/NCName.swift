extension String {
    /// Whether the text is an `NCName` (Namespaces in XML 1.0 production 4), as values of type `xsd:ID` must be.
    package var isNCName: Bool {
        var isFirst = true
        for octet in utf8 {
            guard octet < 0x80 else { return isWideNCName }
            let code = UInt32(octet)
            guard isFirst ? CharacterClass.startsName(code) : CharacterClass.continuesName(code) else { return false }
            isFirst = false
        }
        return !isFirst
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
