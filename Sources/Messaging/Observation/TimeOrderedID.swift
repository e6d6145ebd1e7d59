import FoundationEssentials

/// Names in the order of time (UUID version 7, RFC 9562 section 5.7): what the store's indexes get is written side by side.
enum TimeOrderedID {
    /// A new name, of the millisecond that `moment` is in; the rest is random.
    static func text(at moment: Date) -> String {
        let milliseconds = UInt64(max(0, min(moment.timeIntervalSince1970 * 1000, 0xFFFF_FFFF_FFFF)))
        let high = milliseconds << 16 | 0x7000 | UInt64.random(in: 0...0x0FFF)
        let low = UInt64.random(in: .min ... .max) & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
        return String(unsafeUninitializedCapacity: 36) { text in
            var place = 0
            for index in 0..<32 {
                if [8, 12, 16, 20].contains(index) {
                    text[place] = UInt8(ascii: "-")
                    place += 1
                }
                let digit = UInt8(truncatingIfNeeded: (index < 16 ? high : low) >> UInt64(60 - 4 * (index % 16))) & 0xF
                text[place] = digit + (digit < 10 ? UInt8(ascii: "0") : UInt8(ascii: "a") - 10)
                place += 1
            }
            return place
        }
    }
}
