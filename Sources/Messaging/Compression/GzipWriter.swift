import CZlib
import WSSecurity

/// Compresses a payload to one gzip member (RFC 1952).
enum GzipWriter {
    /// What `payload` becomes; `nil` when it does not become smaller, or memory is short.
    static func compressed(_ payload: Payload, _ terms: PayloadTerms) throws(BodyError) -> Payload? {
        let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        stream.initialize(to: z_stream())
        defer { stream.deallocate() }
        guard rekey_deflate_init_gzip(stream) == Z_OK else { return nil }
        defer { deflateEnd(stream) }
        let room = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 64 << 10)
        defer { room.deallocate() }
        var terms = terms
        terms.octetLimit = payload.octetCount
        var writer = PayloadWriter(terms)
        var failure: BodyError?
        do throws(LargeMessageError) {
            try payload.read { chunk throws(LargeMessageError) in
                chunk.withUnsafeBufferPointer { chunk in
                    stream.pointee.next_in = UnsafeMutablePointer(mutating: chunk.baseAddress)
                    stream.pointee.avail_in = UInt32(chunk.count)
                    if failure == nil { failure = deflate(stream, Z_NO_FLUSH, room, to: &writer) }
                }
            }
        } catch {
            throw .file(error)
        }
        failure = failure ?? deflate(stream, Z_FINISH, room, to: &writer)
        switch failure {
        case nil: return writer.finish()
        case .tooLarge?: return nil
        case let error?: throw error
        }
    }

    private static func deflate(
        _ stream: UnsafeMutablePointer<z_stream>,
        _ flush: Int32,
        _ room: UnsafeMutableBufferPointer<UInt8>,
        to writer: inout PayloadWriter
    ) -> BodyError? {
        repeat {
            stream.pointee.next_out = room.baseAddress
            stream.pointee.avail_out = UInt32(room.count)
            _ = CZlib.deflate(stream, flush)
            let made = room.count - Int(stream.pointee.avail_out)
            do throws(BodyError) {
                try writer.append(UnsafeBufferPointer(rebasing: room[..<made]).span)
            } catch {
                return error
            }
        } while stream.pointee.avail_out == 0
        return nil
    }
}
