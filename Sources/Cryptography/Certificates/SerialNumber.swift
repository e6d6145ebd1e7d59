/// The serial number of a certificate as decimal text.
enum SerialNumber {
    /// RFC 5280 section 4.1.2.2 allows 20 octets; a few more are met.
    static let octetLimit = 40

    /// The decimal text of a big-endian two's complement number.
    static func decimal(_ octets: ArraySlice<UInt8>) -> String {
        let isNegative = octets.first.map { $0 & 0x80 != 0 } ?? false
        var groups: [UInt32] = [0]
        for octet in isNegative ? negated(octets) : Array(octets) {
            var carry = UInt64(octet)
            for index in groups.indices {
                let value = UInt64(groups[index]) << 8 + carry
                groups[index] = UInt32(value % 1_000_000_000)
                carry = value / 1_000_000_000
            }
            if carry > 0 { groups.append(UInt32(carry)) }
        }
        let rest = groups.dropLast().reversed()
            .map { group in
                let digits = String(group)
                return String(repeating: "0", count: 9 - digits.count) + digits
            }
        return (isNegative ? "-" : "") + String(groups[groups.count - 1]) + rest.joined()
    }

    private static func negated(_ octets: ArraySlice<UInt8>) -> [UInt8] {
        var result = octets.map { ~$0 }
        for index in result.indices.reversed() {
            let (sum, overflow) = result[index].addingReportingOverflow(1)
            result[index] = sum
            if !overflow { break }
        }
        return result
    }
}
