/// `PkiPath` (X.509): a DER sequence of certificates, the one that signs last.
enum PKIPath {
    /// The octets of the last certificate; `nil` when the sequence is broken, empty or longer than ten.
    static func last(in octets: [UInt8]) -> [UInt8]? {
        guard let path = element(in: octets, from: 0, to: octets.count), path.end == octets.count else { return nil }
        var position = path.content
        var last: Range<Int>?
        for _ in 0..<10 where position < path.end {
            guard let certificate = element(in: octets, from: position, to: path.end) else { return nil }
            last = position..<certificate.end
            position = certificate.end
        }
        guard position == path.end, let last else { return nil }
        return Array(octets[last])
    }

    /// Where the content of the SEQUENCE at `start` begins and where it ends.
    private static func element(in octets: [UInt8], from start: Int, to limit: Int) -> (content: Int, end: Int)? {
        guard start + 2 <= limit, octets[start] == 0x30 else { return nil }
        let first = Int(octets[start + 1])
        let lengthCount = first < 0x80 ? 0 : first - 0x80
        let content = start + 2 + lengthCount
        guard lengthCount <= 3, first != 0x80, content <= limit else { return nil }
        let length = lengthCount == 0 ? first : octets[start + 2..<content].reduce(0) { $0 << 8 | Int($1) }
        return content + length <= limit ? (content, content + length) : nil
    }
}
