/// SipHash-1-3 over octets, so that nobody can choose names that collide without knowing the key.
struct SipHash: Sendable {
    private let key: (UInt64, UInt64)

    /// The hash that all documents of this process share.
    static let process = SipHash()

    /// A key of this process, drawn by the standard library.
    private init() {
        var first = Hasher()
        var second = Hasher()
        first.combine(0x5265)
        second.combine(0x6B79)
        key = (UInt64(bitPattern: Int64(first.finalize())), UInt64(bitPattern: Int64(second.finalize())))
    }

    /// The hash of the octets in `range`.
    @inline(__always)
    func hash(_ input: Span<UInt8>, _ range: Range<Int>) -> UInt32 {
        var state = State(key)
        var index = range.lowerBound
        repeat {
            state.add(input.word(at: index, end: range.upperBound))
            index += 8
        } while index < range.upperBound
        return state.finish(UInt64(range.count))
    }

    /// The hash of one number.
    @inline(__always)
    func hash(_ word: UInt64) -> UInt32 {
        var state = State(key)
        state.add(word)
        return state.finish(8)
    }

    private struct State {
        private var v0, v1, v2, v3: UInt64

        @inline(__always)
        init(_ key: (UInt64, UInt64)) {
            v0 = key.0 ^ 0x736F_6D65_7073_6575
            v1 = key.1 ^ 0x646F_7261_6E64_6F6D
            v2 = key.0 ^ 0x6C79_6765_6E65_7261
            v3 = key.1 ^ 0x7465_6462_7974_6573
        }

        @inline(__always)
        mutating func add(_ word: UInt64) {
            v3 ^= word
            round()
            v0 ^= word
        }

        @inline(__always)
        mutating func finish(_ length: UInt64) -> UInt32 {
            add(length << 56)
            v2 ^= 0xFF
            round()
            round()
            round()
            return UInt32(truncatingIfNeeded: v0 ^ v1 ^ v2 ^ v3)
        }

        @inline(__always)
        private mutating func round() {
            v0 = v0 &+ v1
            v2 = v2 &+ v3
            v1 = Self.rotate(v1, 13) ^ v0
            v3 = Self.rotate(v3, 16) ^ v2
            v0 = Self.rotate(v0, 32)
            v2 = v2 &+ v1
            v0 = v0 &+ v3
            v1 = Self.rotate(v1, 17) ^ v2
            v3 = Self.rotate(v3, 21) ^ v0
            v2 = Self.rotate(v2, 32)
        }

        @inline(__always)
        private static func rotate(_ word: UInt64, _ places: UInt64) -> UInt64 {
            word << places | word >> (64 - places)
        }
    }
}
