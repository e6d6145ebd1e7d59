package import NIOCore
import WSSecurity

/// The octets of a payload in buffers of moderate size, for HTTP to send.
package struct PayloadChunks: AsyncSequence, Sendable {
    /// One pass over the payload.
    package struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate let payload: Payload
        fileprivate var position = 0

        /// The next buffer; throws when a spool file cannot be read.
        package mutating func next() async throws -> ByteBuffer? {
            guard position < payload.octetCount else { return nil }
            let part = payload.part(position..<Swift.min(position + PayloadChunks.size, payload.octetCount))
            position += part.octetCount
            return ByteBuffer(bytes: try part.octets())
        }
    }

    private static let size = 256 << 10

    private let payload: Payload

    /// The octets of `payload`.
    package init(_ payload: Payload) { self.payload = payload }

    /// Begins a pass over the payload.
    package func makeAsyncIterator() -> AsyncIterator { AsyncIterator(payload: payload) }
}
