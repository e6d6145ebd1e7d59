/// The text of a `xenc:CipherValue` as written, in chunks: references to white space are white space.
///
/// Java and .NET write the ends of Base64's lines as `&#13;`. Other references are none that any stack writes here.
struct CipherText {
    /// What has come of a reference.
    private var reference: [UInt8] = []

    /// The text in `chunk`, or `nil` when it holds another reference or a CDATA section.
    mutating func update(_ chunk: Span<UInt8>) -> [UInt8]? {
        guard !chunk.withUnsafeBufferPointer({ $0.contains(UInt8(ascii: "<")) }) else { return nil }
        if reference.isEmpty, !chunk.withUnsafeBufferPointer({ $0.contains(UInt8(ascii: "&")) }) {
            return chunk.withUnsafeBufferPointer { Array($0) }
        }
        var text: [UInt8] = []
        text.reserveCapacity(chunk.count)
        var start = 0
        for index in 0..<chunk.count where chunk[index] == UInt8(ascii: "&") || !reference.isEmpty {
            if reference.isEmpty {
                chunk.extracting(start..<index).withUnsafeBufferPointer { text.append(contentsOf: $0) }
            }
            reference.append(chunk[index])
            start = index + 1
            guard chunk[index] == UInt8(ascii: ";") else {
                guard reference.count < 16 else { return nil }
                continue
            }
            guard isSpace else { return nil }
            reference.removeAll()
        }
        chunk.extracting(start..<chunk.count).withUnsafeBufferPointer { text.append(contentsOf: $0) }
        return text
    }

    private var isSpace: Bool {
        let name = String(decoding: reference.dropFirst().dropLast(), as: UTF8.self)
        guard name.hasPrefix("#") else { return false }
        let isHexadecimal = name.hasPrefix("#x")
        switch Int(name.dropFirst(isHexadecimal ? 2 : 1), radix: isHexadecimal ? 16 : 10) {
        case 0x20, 0x09, 0x0A, 0x0D: return true
        default: return false
        }
    }
}
