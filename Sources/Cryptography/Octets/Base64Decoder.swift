/// The inner loop of Base64 decoding.
enum Base64Decoder {
    private static let whiteSpace: UInt8 = 0x80
    private static let padding: UInt8 = 0x81
    private static let foreign: UInt8 = 0xFF

    /// The six bits of a character, or one of the marks above, which all have the top bit set.
    private static let values: [UInt8] = {
        var values = [UInt8](repeating: foreign, count: 256)
        let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8
        for (value, character) in alphabet.enumerated() { values[Int(character)] = UInt8(value) }
        for character in " \t\r\n".utf8 { values[Int(character)] = whiteSpace }
        values[Int(UInt8(ascii: "="))] = padding
        return values
    }()

    /// By place among four characters: the six bits at that place of 24, or the mark with the top bit set.
    private static let words: [UInt32] = (0..<4)
        .flatMap { place in
            values.map { $0 & 0x80 != 0 ? 0x8000_0000 : UInt32($0) << UInt32(18 - 6 * place) }
        }

    /// Writes the octets that `input` stands for to `output`, which has room for three quarters of it and three more.
    ///
    /// Returns how many were written, or `nil` when the text is not Base64.
    static func decode(_ input: UnsafeBufferPointer<UInt8>, into output: UnsafeMutableBufferPointer<UInt8>) -> Int? {
        values.withUnsafeBufferPointer { values in
            var position = 0
            var count = 0
            while true {
                decodeGroups(input, at: &position, into: output, count: &count)
                guard let quantum = Quantum(input, at: &position, by: values) else { return nil }
                guard let written = quantum.write(to: output, at: count) else { return count }
                count += written
                if written < 3 { return isBlank(input[position...], by: values) ? count : nil }
            }
        }
    }

    /// The fast path: whole groups of four characters with nothing between them.
    private static func decodeGroups(
        _ input: UnsafeBufferPointer<UInt8>,
        at position: inout Int,
        into output: UnsafeMutableBufferPointer<UInt8>,
        count: inout Int
    ) {
        words.withUnsafeBufferPointer { words in
            let target = UnsafeMutableRawBufferPointer(output)
            // Four octets are written, of which three count.
            while position &+ 4 <= input.count, count &+ 4 <= target.count {
                let bits =
                    words[Int(input[position])] | words[256 &+ Int(input[position &+ 1])]
                    | words[512 &+ Int(input[position &+ 2])] | words[768 &+ Int(input[position &+ 3])]
                guard bits & 0x8000_0000 == 0 else { return }
                target.storeBytes(of: (bits << 8).bigEndian, toByteOffset: count, as: UInt32.self)
                position &+= 4
                count &+= 3
            }
        }
    }

    private static func isBlank(
        _ rest: Slice<UnsafeBufferPointer<UInt8>>,
        by values: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        rest.allSatisfy { values[Int($0)] == whiteSpace }
    }

    /// Up to four characters picked out of white space; RFC 4648 calls it a quantum.
    private struct Quantum {
        private var bits: UInt32 = 0
        private var octetCount = 0

        /// `nil` when the text is wrong here; an empty quantum at the end.
        init?(_ input: UnsafeBufferPointer<UInt8>, at position: inout Int, by values: UnsafeBufferPointer<UInt8>) {
            var characters = 0
            var paddings = 0
            while characters + paddings < 4, position < input.count {
                let value = values[Int(input[position])]
                position += 1
                switch value {
                case whiteSpace: continue
                case padding: paddings += 1
                case 0..<64 where paddings == 0:
                    bits = bits << 6 | UInt32(value)
                    characters += 1
                default: return nil
                }
            }
            if characters + paddings == 0 { return }
            guard characters + paddings == 4, characters >= 2 else { return nil }
            bits <<= UInt32(6 * paddings)
            octetCount = characters - 1
            guard bits & (0xFF_FFFF >> UInt32(8 * octetCount)) == 0 else { return nil }
        }

        /// Returns how many octets were written, `nil` for an empty quantum.
        func write(to output: UnsafeMutableBufferPointer<UInt8>, at start: Int) -> Int? {
            guard octetCount > 0 else { return nil }
            for index in 0..<octetCount {
                output[start + index] = UInt8(truncatingIfNeeded: bits >> UInt32(16 - 8 * index))
            }
            return octetCount
        }
    }
}
