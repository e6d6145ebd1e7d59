/// Base64 of RFC 4648 section 4 as `xsd:base64Binary` has it: white space of XML is ignored, all else is strict.
package enum Base64 {
    /// The most octets of text that `decode` takes unless told otherwise: 128 MiB.
    package static let standardLimit = 128 << 20

    /// The octets that `text` stands for, or `nil`: a foreign character, wrong padding, unused bits that are set, or
    /// more than `limit` octets of text.
    package static func decode(_ text: some StringProtocol, limit: Int = standardLimit) -> [UInt8]? {
        if let octets = text.utf8.withContiguousStorageIfAvailable({ decode($0, limit: limit) }) { return octets }
        return Array(text.utf8).withUnsafeBufferPointer { decode($0, limit: limit) }
    }

    /// The octets that the ASCII `text` stands for, or `nil` as above.
    package static func decode(_ text: [UInt8], limit: Int = standardLimit) -> [UInt8]? {
        text.withUnsafeBufferPointer { decode($0, limit: limit) }
    }

    /// The octets that the ASCII `text` stands for, or `nil` as above.
    package static func decode(_ text: ArraySlice<UInt8>, limit: Int = standardLimit) -> [UInt8]? {
        text.withUnsafeBufferPointer { decode($0, limit: limit) }
    }

    /// The octets that the ASCII `text` stands for, or `nil` as above.
    package static func decode(_ text: Span<UInt8>, limit: Int = standardLimit) -> [UInt8]? {
        text.withUnsafeBufferPointer { decode($0, limit: limit) }
    }

    /// The most octets that so many octets of text stand for.
    package static func mostOctets(of textCount: Int) -> Int { textCount / 4 * 3 + 3 }

    /// Writes what `text` stands for over `octets`, which has `mostOctets` and is then cut; `false` as above.
    package static func decode(_ text: Span<UInt8>, into octets: inout [UInt8]) -> Bool {
        guard text.count <= standardLimit, octets.count >= mostOctets(of: text.count) else { return false }
        let count = octets.withUnsafeMutableBufferPointer { output in
            text.withUnsafeBufferPointer { Base64Decoder.decode($0, into: output) }
        }
        guard let count else { return false }
        octets.removeLast(octets.count - count)
        return true
    }

    /// `octets` as one line of text with padding.
    package static func encode(_ octets: [UInt8]) -> String {
        let count = (octets.count + 2) / 3 * 4
        return String(unsafeUninitializedCapacity: count) { output in
            octets.withUnsafeBufferPointer { Base64Encoder.encode($0, into: output) }
            return count
        }
    }

    /// `octets` as ASCII octets with padding, for splicing into a message.
    package static func encodedOctets(_ octets: [UInt8]) -> [UInt8] {
        let count = (octets.count + 2) / 3 * 4
        return [UInt8](unsafeUninitializedCapacity: count) { output, initializedCount in
            octets.withUnsafeBufferPointer { Base64Encoder.encode($0, into: output) }
            initializedCount = count
        }
    }

    /// Appends octets that `write` writes to a place for `count` of them to `text`, in the form of `encodedOctets`, between
    /// `head` and `tail`.
    ///
    /// They are written where their text comes to lie, at its end, and taken from there: the text never overtakes them.
    package static func appendEncoded<Failure: Error>(
        count: Int,
        between head: String,
        and tail: String,
        to text: inout [UInt8],
        by write: (UnsafeMutableRawBufferPointer) throws(Failure) -> Void
    ) throws(Failure) {
        let end = (count + 2) / 3 * 4
        text += head.utf8
        let start = text.count
        text.append(contentsOf: repeatElement(0, count: end))
        var failure: Failure?
        text.withUnsafeMutableBufferPointer { text in
            let place = UnsafeMutableBufferPointer(rebasing: text[(start + end - count)..<(start + end)])
            do throws(Failure) {
                try write(UnsafeMutableRawBufferPointer(place))
                Base64Encoder.encode(
                    UnsafeBufferPointer(place),
                    into: UnsafeMutableBufferPointer(rebasing: text[start..<(start + end)])
                )
            } catch { failure = error }
        }
        if let failure { throw failure }
        text += tail.utf8
    }

    private static func decode(_ text: UnsafeBufferPointer<UInt8>, limit: Int) -> [UInt8]? {
        guard text.count <= limit else { return nil }
        var isSound = false
        let room = mostOctets(of: text.count)
        let octets = [UInt8](unsafeUninitializedCapacity: room) { output, initializedCount in
            if let start = output.baseAddress { LargePages.advise(start, octetCount: room) }
            guard let count = Base64Decoder.decode(text, into: output) else { return }
            initializedCount = count
            isSound = true
        }
        return isSound ? octets : nil
    }
}
