#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Finds octets in octets.
enum OctetSearch {
    /// Where `pattern` stands in `octets`, places that do not overlap.
    static func offsets(of pattern: [UInt8], in octets: [UInt8], limit: Int = .max) -> [Int] {
        var offsets: [Int] = []
        octets.withUnsafeBytes { octets in
            pattern.withUnsafeBytes { pattern in
                guard let start = octets.baseAddress, let wanted = pattern.baseAddress, let first = pattern.first else {
                    return
                }
                var position = 0
                while offsets.count < limit, octets.count - position >= pattern.count,
                    let hit = memchr(start + position, Int32(first), octets.count - position - pattern.count + 1)
                {
                    let offset = UnsafeRawPointer(hit) - start
                    let isThere = memcmp(hit, wanted, pattern.count) == 0
                    if isThere { offsets.append(offset) }
                    position = offset + (isThere ? pattern.count : 1)
                }
            }
        }
        return offsets
    }

    /// Whether `text` stands in `octets`: a name of XML does not when its letters do not.
    static func isMentioned(_ text: String, in octets: [UInt8]) -> Bool {
        !offsets(of: Array(text.utf8), in: octets, limit: 1).isEmpty
    }
}
