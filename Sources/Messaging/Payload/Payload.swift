package import WSSecurity

/// The octets of a message or of a part of one: in memory, in spool files, or some here and some there.
package struct Payload: Sendable {
    private enum Piece: Sendable {
        case octets(ArraySlice<UInt8>)
        case file(SpoolFile, Range<Int>)

        var count: Int {
            switch self {
            case .octets(let octets): octets.count
            case .file(_, let range): range.count
            }
        }

        /// `range` counts from the beginning of the piece.
        func part(_ range: Range<Int>) -> Piece {
            switch self {
            case .octets(let octets):
                .octets(octets[octets.startIndex + range.lowerBound..<octets.startIndex + range.upperBound])
            case .file(let file, let place):
                .file(file, place.lowerBound + range.lowerBound..<place.lowerBound + range.upperBound)
            }
        }
    }

    private var pieces: [Piece]
    /// How many octets there are.
    package private(set) var octetCount: Int

    /// Octets in memory.
    package init(_ octets: [UInt8] = []) {
        pieces = octets.isEmpty ? [] : [.octets(octets[...])]
        octetCount = octets.count
    }

    /// All octets of a file to which nothing more is written.
    package init(_ file: SpoolFile) {
        pieces = file.octetCount == 0 ? [] : [.file(file, 0..<file.octetCount)]
        octetCount = file.octetCount
    }

    /// The file that the whole of it is; `nil` when it is in memory, or put together.
    package var file: SpoolFile? {
        guard pieces.count == 1, case .file(let file, let range) = pieces[0], range == 0..<file.octetCount else {
            return nil
        }
        return file
    }

    /// Whether some of it lies in a file.
    package var isSpooled: Bool {
        pieces.contains { if case .file = $0 { true } else { false } }
    }

    /// Puts another payload behind this one.
    package static func + (left: Payload, right: Payload) -> Payload {
        var result = left
        result.pieces += right.pieces
        result.octetCount += right.octetCount
        return result
    }

    /// The octets of `range`, as far as there are any.
    package func part(_ range: Range<Int>) -> Payload {
        var result = Payload()
        var start = 0
        for piece in pieces {
            let place = range.clamped(to: start..<start + piece.count)
            if !place.isEmpty {
                result.pieces.append(piece.part(place.lowerBound - start..<place.upperBound - start))
                result.octetCount += place.count
            }
            start += piece.count
        }
        return result
    }

    /// Hands all octets to `body`, in chunks.
    package func read(
        into body: (Span<UInt8>) throws(LargeMessageError) -> Void
    ) throws(LargeMessageError) {
        for piece in pieces {
            switch piece {
            case .octets(let octets): try body(octets.span)
            case .file(let file, let range): try file.read(range, into: body)
            }
        }
    }

    /// All octets, in memory.
    package func octets() throws(LargeMessageError) -> [UInt8] {
        if pieces.count == 1, case .octets(let octets) = pieces[0] { return Array(octets) }
        var octets: [UInt8] = []
        octets.reserveCapacity(octetCount)
        try read { chunk throws(LargeMessageError) in chunk.withUnsafeBufferPointer { octets.append(contentsOf: $0) } }
        return octets
    }
}
