/// What written octets say: line ends normalised (XML 1.0 section 2.11), references resolved.
enum CharacterContent {
    /// Where the octets stand, which decides what is special in them.
    enum Place {
        case text, verbatim, attributeValue
    }

    /// Appends the content of `range`, which a scanner has accepted, as UTF-8.
    static func append(_ input: Span<UInt8>, _ range: Range<Int>, as place: Place, to octets: inout [UInt8]) {
        var index = range.lowerBound
        while index < range.upperBound {
            let octet = input[index]
            index += 1
            switch octet {
            case 0x0D:
                if index < range.upperBound, input[index] == 0x0A { index += 1 }
                octets.append(place == .attributeValue ? 0x20 : 0x0A)
            case 0x09, 0x0A:
                octets.append(place == .attributeValue ? 0x20 : octet)
            case 0x26 where place != .verbatim:
                guard let reference = try? Reference(reading: input, at: index - 1) else { return }
                append(reference.scalar, to: &octets)
                index = reference.end
            default:
                octets.append(octet)
            }
        }
    }

    /// Appends one character as UTF-8.
    static func append(_ value: UInt32, to octets: inout [UInt8]) {
        guard let scalar = Unicode.Scalar(value) else { return }
        octets.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    }
}
