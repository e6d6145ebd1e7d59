extension String {
    /// Whether the text is an `NCName` (Namespaces in XML 1.0 production 4), as values of type `xsd:ID` must be.
    package var isNCName: Bool {
        guard let first = utf8.first else { return false }
        guard first < 0x80 else { return isWideNCName }
        guard CharacterClass.startsASCIIName(first) else { return false }
        for octet in utf8 {
            guard octet < 0x80 else { return isWideNCName }
            guard CharacterClass.mayBeName(octet), octet != 0x3A else { return false }
        }
        return true
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
