/// A `traceparent` as it arrived (W3C Trace Context section 3.2).
struct TraceParent {
    let traceID: String
    let parentID: String
    let flags: String

    /// `nil` when the value is not valid.
    ///
    /// Of a version that is not known yet, what is known of version 00 is read (section 4.3).
    init?(_ text: String) {
        let octets = Array(text.utf8)
        guard octets.count >= Self.octetCount, octets.count <= Self.octetLimit else { return nil }
        guard [2, 35, 52].allSatisfy({ octets[$0] == UInt8(ascii: "-") }) else { return nil }
        guard
            let version = Self.digits(octets[0..<2]),
            let trace = Self.digits(octets[3..<35]),
            let parent = Self.digits(octets[36..<52]),
            let flags = Self.digits(octets[53..<55])
        else { return nil }
        guard version != "ff", trace.contains(where: { $0 != "0" }), parent.contains(where: { $0 != "0" }) else {
            return nil
        }
        let isLonger = octets.count > Self.octetCount
        guard !isLonger || (version != "00" && octets[Self.octetCount] == UInt8(ascii: "-")) else { return nil }
        (traceID, parentID) = (trace, parent)
        // Version 00 defines the last bit alone; the others are sent as zero (section 3.2.2.5).
        self.flags = flags.utf8.last.map { Self.isOdd($0) } == true ? "01" : "00"
    }

    private static let octetCount = 55
    private static let octetLimit = 512

    /// Lower-case hexadecimal digits and nothing else.
    private static func digits(_ octets: ArraySlice<UInt8>) -> String? {
        let isDigit = { (octet: UInt8) in
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(octet)
                || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(octet)
        }
        return octets.allSatisfy(isDigit) ? String(decoding: octets, as: UTF8.self) : nil
    }

    private static func isOdd(_ digit: UInt8) -> Bool {
        let value = digit <= UInt8(ascii: "9") ? digit - UInt8(ascii: "0") : digit - UInt8(ascii: "a") + 10
        return value & 1 == 1
    }
}
