import CZlib

/// Expands a gzip stream (RFC 1952) piece by piece; several members in a row are one body.
///
/// Whoever takes the pieces decides how much is too much: a piece is handed over before the next one is made.
/// `@unchecked Sendable`: it belongs to one reader of one body, which takes one piece after the other.
final class GzipReader: @unchecked Sendable {
    /// zlib keeps the address of its stream, so it must not move.
    private let stream: UnsafeMutablePointer<z_stream>
    private let room: UnsafeMutableBufferPointer<UInt8>
    /// Whether the last member is complete.
    private var isAtEnd = false

    /// Throws `malformedEncoding` when there is no memory for it.
    init() throws(BodyError) {
        room = .allocate(capacity: 64 << 10)
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        guard rekey_inflate_init_gzip(stream) == Z_OK else {
            throw .malformedEncoding
        }
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
        room.deallocate()
    }

    /// Expands `octets` and hands what comes out to `body`; throws what it throws, and `malformedEncoding`.
    func read(
        _ octets: UnsafeBufferPointer<UInt8>,
        into body: (Span<UInt8>) throws(BodyError) -> Void
    ) throws(BodyError) {
        guard let start = octets.baseAddress, octets.count <= Int(UInt32.max) else { return }
        stream.pointee.next_in = UnsafeMutablePointer(mutating: start)
        stream.pointee.avail_in = UInt32(octets.count)
        repeat {
            if isAtEnd {
                guard stream.pointee.avail_in > 0 else { return }
                guard inflateReset(stream) == Z_OK else { throw .malformedEncoding }
                isAtEnd = false
            }
            stream.pointee.next_out = room.baseAddress
            stream.pointee.avail_out = UInt32(room.count)
            let result = inflate(stream, Z_NO_FLUSH)
            guard result == Z_OK || result == Z_STREAM_END || result == Z_BUF_ERROR else { throw .malformedEncoding }
            let made = room.count - Int(stream.pointee.avail_out)
            if made > 0 { try body(UnsafeBufferPointer(rebasing: room[..<made]).span) }
            isAtEnd = result == Z_STREAM_END
        } while stream.pointee.avail_in > 0 || stream.pointee.avail_out == 0
    }

    /// Throws `malformedEncoding` when the stream was cut off.
    func finish() throws(BodyError) {
        guard isAtEnd else { throw .malformedEncoding }
    }
}
