import WSSecurity

/// Finds the places of a boundary in a body (RFC 2046 section 5.1.1).
///
/// Wherever the octets of the boundary with its two hyphens stand there must be a delimiter line: readers of MIME differ in what
/// else they take for one, and a message must not mean one thing here and another thing there.
struct DelimiterScan {
    /// A delimiter line.
    struct Delimiter {
        /// The whole of it, from the line end that belongs to it to the line end behind it.
        let range: Range<Int>
        /// Whether it closes the body.
        let isLast: Bool
    }

    let boundary: [UInt8]

    /// The delimiter lines of `payload`, in order, `limit` at the most and one more.
    func delimiters(in payload: Payload, limit: Int) throws -> [Delimiter] {
        var found: [Delimiter] = []
        for place in try places(in: payload, limit: limit) {
            try found.append(delimiter(at: place, in: payload))
        }
        return found
    }

    /// Whether the octets of a delimiter stand somewhere in `payload`.
    func isContained(in payload: Payload) throws(LargeMessageError) -> Bool {
        try !places(in: payload, limit: 0).isEmpty
    }

    /// Where two hyphens and the boundary stand.
    private func places(in payload: Payload, limit: Int) throws(LargeMessageError) -> [Int] {
        let pattern = [0x2D, 0x2D] + boundary
        var places: [Int] = []
        /// What is left of the chunk before, and where it begins.
        var tail: [UInt8] = []
        var start = 0
        try payload.read { chunk throws(LargeMessageError) in
            guard places.count <= limit else { return }
            chunk.withUnsafeBufferPointer { tail.append(contentsOf: $0) }
            for offset in OctetSearch.offsets(of: pattern, in: tail) where places.count <= limit {
                places.append(start + offset)
            }
            let kept = min(tail.count, pattern.count - 1)
            start += tail.count - kept
            tail = Array(tail.suffix(kept))
        }
        return places
    }

    private func delimiter(at place: Int, in payload: Payload) throws -> Delimiter {
        let before = try payload.part(max(0, place - 2)..<place).octets()
        guard place == 0 || before == [0x0D, 0x0A] else {
            throw MIMEError.malformed("the boundary stands where no line begins")
        }
        let end = place + 2 + boundary.count
        var after = try payload.part(end..<end + Self.paddingLimit).octets()[...]
        let isLast = after.starts(with: [0x2D, 0x2D])
        if isLast { after = after.dropFirst(2) }
        after = after.drop { $0 == 0x20 || $0 == 0x09 }
        if after.starts(with: [0x0D, 0x0A]) {
            after = after.dropFirst(2)
        } else if !(isLast && after.isEmpty) {
            throw MIMEError.malformed("something follows the boundary on its line")
        }
        return Delimiter(range: max(0, place - 2)..<end + after.startIndex, isLast: isLast)
    }

    private static let paddingLimit = 128
}
