/// Turns UTF-16 documents into UTF-8.
enum UTF16Transcoding {
    /// The characters of `input` from `start` as UTF-8; a lone surrogate or half a unit is an error at its octet.
    static func octets(_ input: Span<UInt8>, from start: Int, isBigEndian: Bool) throws(XMLError) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(input.count)
        var index = start
        while index < input.count {
            var scalar = try unit(input, at: index, isBigEndian: isBigEndian)
            var length = 2
            if scalar & 0xFC00 == 0xD800 {
                let low = try unit(input, at: index + 2, isBigEndian: isBigEndian)
                guard low & 0xFC00 == 0xDC00 else { throw XMLError(.invalidEncoding, at: index) }
                scalar = 0x1_0000 + ((scalar & 0x3FF) << 10 | (low & 0x3FF))
                length = 4
            }
            guard Unicode.Scalar(scalar) != nil else { throw XMLError(.invalidEncoding, at: index) }
            CharacterContent.append(scalar, to: &result)
            index += length
        }
        return result
    }

    private static func unit(_ input: Span<UInt8>, at index: Int, isBigEndian: Bool) throws(XMLError) -> UInt32 {
        guard index + 1 < input.count else { throw XMLError(.invalidEncoding, at: min(index, input.count)) }
        let first = UInt32(input[index])
        let second = UInt32(input[index + 1])
        return isBigEndian ? first << 8 | second : second << 8 | first
    }
}
