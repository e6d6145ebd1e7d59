package import NIOCore

/// Takes a body in as it arrives over HTTP, expanding it where it is compressed, within limits.
package struct BodyReader: Sendable {
    private let terms: PayloadTerms
    private let gzip: GzipReader?
    private var writer: PayloadWriter
    private var arrived = 0

    /// A reader of a body in that `Content-Encoding`; throws `unsupportedEncoding`.
    package init(contentEncoding: String?, _ terms: PayloadTerms) throws(BodyError) {
        self.terms = terms
        gzip = try ContentCoding(contentEncoding: contentEncoding) == .gzip ? GzipReader() : nil
        writer = PayloadWriter(terms)
    }

    /// Takes the next octets in; after an error nothing of the body is kept.
    package mutating func read(_ buffer: ByteBuffer) throws(BodyError) {
        arrived += buffer.readableBytes
        guard arrived <= terms.octetLimit else {
            writer = PayloadWriter(terms)
            throw .tooLarge(limit: terms.octetLimit)
        }
        var failure: BodyError?
        buffer.withUnsafeReadableBytes { octets in
            let octets = octets.assumingMemoryBound(to: UInt8.self)
            do throws(BodyError) { try take(octets) } catch { failure = error }
        }
        if let failure {
            writer = PayloadWriter(terms)
            throw failure
        }
    }

    /// The body; throws `malformedEncoding` when it is incomplete.
    package consuming func finish() throws(BodyError) -> Payload {
        if arrived > 0 { try gzip?.finish() }
        return writer.finish()
    }

    private mutating func take(_ octets: UnsafeBufferPointer<UInt8>) throws(BodyError) {
        guard let gzip else { return try writer.append(octets.span) }
        // A small body may expand to a whole piece of the reader's before its ratio means anything.
        let most = max(Self.leastExpansion, arrived * terms.expansionLimit)
        try gzip.read(octets) { piece throws(BodyError) in
            guard writer.octetCount + piece.count <= most else { throw .expandsTooMuch(limit: terms.expansionLimit) }
            try writer.append(piece)
        }
    }

    private static let leastExpansion = 128 << 10
}
