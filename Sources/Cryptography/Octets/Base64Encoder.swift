/// The inner loop of Base64 encoding.
enum Base64Encoder {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// Two characters, in memory order, for every twelve bits.
    private static let pairs: [UInt16] = alphabet.flatMap { high in
        alphabet.map { low in UInt16(littleEndian: UInt16(high) | UInt16(low) << 8) }
    }

    /// Writes `(input.count + 2) / 3 * 4` characters to `output`, which has room for them.
    static func encode(_ input: UnsafeBufferPointer<UInt8>, into output: UnsafeMutableBufferPointer<UInt8>) {
        guard let source = input.baseAddress, let target = output.baseAddress else { return }
        let whole = input.count / 3
        pairs.withUnsafeBufferPointer { pairs in
            let words = UnsafeMutableRawPointer(target)
            for group in 0..<whole {
                let at = source + group * 3
                let bits = Int(at[0]) << 16 | Int(at[1]) << 8 | Int(at[2])
                words.storeBytes(of: pairs[bits >> 12], toByteOffset: group * 4, as: UInt16.self)
                words.storeBytes(of: pairs[bits & 0xFFF], toByteOffset: group * 4 + 2, as: UInt16.self)
            }
        }
        encodeTail(input[(whole * 3)...], into: target + whole * 4)
    }

    private static func encodeTail(_ tail: Slice<UnsafeBufferPointer<UInt8>>, into target: UnsafeMutablePointer<UInt8>)
    {
        guard let first = tail.first else { return }
        let second = tail.dropFirst().first
        let bits = Int(first) << 16 | Int(second ?? 0) << 8
        target[0] = alphabet[bits >> 18]
        target[1] = alphabet[bits >> 12 & 0x3F]
        target[2] = second == nil ? UInt8(ascii: "=") : alphabet[bits >> 6 & 0x3F]
        target[3] = UInt8(ascii: "=")
    }
}
