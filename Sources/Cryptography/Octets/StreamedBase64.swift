/// Base64 as `Base64` reads and writes it, in chunks.
package enum StreamedBase64 {
    /// Reads text that arrives in chunks.
    package struct Decoder: Sendable {
        private var rest: [UInt8] = []

        /// A decoder.
        package init() {}

        /// The octets that `text` adds, or `nil` when it is not Base64.
        package mutating func update(_ text: Span<UInt8>) -> [UInt8]? {
            text.withUnsafeBufferPointer { text in
                var start = 0
                for index in text.indices where text[index].isSpace {
                    rest.append(contentsOf: text[start..<index])
                    start = index + 1
                }
                rest.append(contentsOf: text[start...])
            }
            // The last group may be padded, so it waits for the end.
            let whole = max(0, (rest.count - 1) / 4 * 4)
            guard let octets = Base64.decode(rest[..<whole]), octets.count == whole / 4 * 3 else { return nil }
            rest.removeFirst(whole)
            return octets
        }

        /// The octets that end the text, or `nil` when it was not Base64.
        package func finish() -> [UInt8]? { Base64.decode(rest) }
    }

    /// Writes octets that arrive in chunks.
    package struct Encoder: Sendable {
        private var rest: [UInt8] = []

        /// An encoder.
        package init() {}

        /// The text that `octets` add.
        package mutating func update(_ octets: [UInt8]) -> [UInt8] {
            rest += octets
            let whole = rest.count / 3 * 3
            let text = Base64.encodedOctets(Array(rest[..<whole]))
            rest.removeFirst(whole)
            return text
        }

        /// The text that ends.
        package func finish() -> [UInt8] { Base64.encodedOctets(rest) }
    }
}

extension UInt8 {
    fileprivate var isSpace: Bool { self == 0x20 || self == 0x0A || self == 0x0D || self == 0x09 }
}
