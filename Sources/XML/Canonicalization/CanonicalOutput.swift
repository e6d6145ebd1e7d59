/// Collects canonical octets and hands them on in chunks; long runs of the source are handed on where they lie.
struct CanonicalOutput: ~Copyable {
    private static let capacity = 16 << 10
    private static let longRun = 4 << 10

    private var buffer = Column<UInt8>(capacity: Self.capacity)
    private let body: (Span<UInt8>) -> Void
    /// Gets what is written while `isCopying`; all of it must be handed on when that changes.
    var copy: ((Span<UInt8>) -> Void)?
    var isCopying = false

    init(into body: @escaping (Span<UInt8>) -> Void) { self.body = body }

    @inline(__always)
    mutating func write(_ octet: UInt8) {
        if buffer.count == Self.capacity { flush() }
        buffer.append(octet)
    }

    @inline(__always)
    mutating func write(_ source: Span<UInt8>, _ range: Range<Int>) {
        if buffer.count + range.count > Self.capacity {
            flush()
            if range.count >= Self.longRun { return handOn(source.extracting(range)) }
        }
        buffer.append(source, range)
    }

    mutating func write(_ text: StaticString) {
        text.withUTF8Buffer { octets in write(octets.span, 0..<octets.count) }
    }

    /// Hands on what is left.
    mutating func flush() {
        guard buffer.count > 0 else { return }
        buffer.withSpan { handOn($0) }
        buffer.truncate(to: 0)
    }

    private func handOn(_ octets: Span<UInt8>) {
        body(octets)
        if isCopying { copy?(octets) }
    }
}
