/// A place in a document as people count: both numbers from 1, columns in characters.
struct LinePosition {
    private(set) var line = 1
    private(set) var column = 1

    /// The place of the octet at `offset`; a carriage return, a line feed or both end a line.
    init(of offset: Int, in octets: [UInt8]) {
        for index in 0..<max(0, min(offset, octets.count)) {
            let octet = octets[index]
            let isPair = octet == 0x0D && index + 1 < octets.count && octets[index + 1] == 0x0A
            if (octet == 0x0A || octet == 0x0D) && !isPair {
                line += 1
                column = 1
            } else if octet & 0xC0 != 0x80 && !isPair {
                column += 1
            }
        }
    }
}
