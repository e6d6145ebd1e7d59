/// Writes content in its canonical form (Canonical XML 1.0 sections 1.1 and 2.3).
extension CanonicalOutput {
    /// Character data with references.
    mutating func writeText(_ input: Span<UInt8>, _ range: Range<Int>) {
        var index = range.lowerBound
        while index < range.upperBound {
            let special = input.textSpecial(from: index, to: range.upperBound)
            write(input, index..<special)
            guard special < range.upperBound else { return }
            index = special + 1
            switch input[special] {
            case 0x0D: index = writeLineEnd(input, at: special)
            case 0x26:
                guard let reference = try? Reference(reading: input, at: special) else { return }
                writeText(reference.scalar)
                index = reference.end
            default: writeText(UInt32(input[special]))
            }
        }
    }

    /// The inside of a CDATA section.
    mutating func writeCharacterData(_ input: Span<UInt8>, _ range: Range<Int>) {
        var index = range.lowerBound
        while index < range.upperBound {
            let special = input.textSpecial(from: index, to: range.upperBound)
            write(input, index..<special)
            guard special < range.upperBound else { return }
            index = special + 1
            if input[special] == 0x0D {
                index = writeLineEnd(input, at: special)
            } else {
                writeText(UInt32(input[special]))
            }
        }
    }

    /// Data of a comment or a processing instruction: only line ends change.
    mutating func writeVerbatim(_ input: Span<UInt8>, _ range: Range<Int>) {
        var index = range.lowerBound
        while index < range.upperBound {
            let special = input.first(0x0D, from: index, to: range.upperBound)
            write(input, index..<special)
            guard special < range.upperBound else { return }
            index = writeLineEnd(input, at: special)
        }
    }

    /// An attribute value as written in the source.
    mutating func writeValue(_ input: Span<UInt8>, _ range: Range<Int>) {
        var index = range.lowerBound
        while index < range.upperBound {
            let special = input.valueSpecial(quote: 0x22, from: index, to: range.upperBound)
            write(input, index..<special)
            guard special < range.upperBound else { return }
            index = special + 1
            switch input[special] {
            case 0x26:
                guard let reference = try? Reference(reading: input, at: special) else { return }
                writeValue(reference.scalar)
                index = reference.end
            case 0x09, 0x0A: write(0x20)
            case 0x0D:
                write(0x20)
                if index < range.upperBound, input[index] == 0x0A { index += 1 }
            default: writeValue(UInt32(input[special]))
            }
        }
    }

    /// A value that has been normalised already, such as a namespace URI.
    mutating func writeNormalisedValue(_ input: Span<UInt8>, _ range: Range<Int>) {
        var index = range.lowerBound
        while index < range.upperBound {
            let special = input.valueSpecial(quote: 0x22, from: index, to: range.upperBound)
            write(input, index..<special)
            if special < range.upperBound { writeValue(UInt32(input[special])) }
            index = special + 1
        }
    }

    private mutating func writeLineEnd(_ input: Span<UInt8>, at index: Int) -> Int {
        write(0x0A)
        return input.octet(at: index + 1) == 0x0A ? index + 2 : index + 1
    }

    private mutating func writeText(_ scalar: UInt32) {
        switch scalar {
        case 0x26: write("&amp;")
        case 0x3C: write("&lt;")
        case 0x3E: write("&gt;")
        case 0x0D: write("&#xD;")
        default: writeScalar(scalar)
        }
    }

    private mutating func writeValue(_ scalar: UInt32) {
        switch scalar {
        case 0x26: write("&amp;")
        case 0x3C: write("&lt;")
        case 0x22: write("&quot;")
        case 0x09: write("&#x9;")
        case 0x0A: write("&#xA;")
        case 0x0D: write("&#xD;")
        default: writeScalar(scalar)
        }
    }

    private mutating func writeScalar(_ value: UInt32) {
        if value < 0x80 { return write(UInt8(value)) }
        guard let scalar = Unicode.Scalar(value) else { return }
        for octet in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter { write(octet) }
    }
}
