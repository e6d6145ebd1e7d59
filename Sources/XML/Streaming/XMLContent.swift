import Synchronization

/// Octets of a document that lie elsewhere, such as in a file: too many to be held.
package protocol XMLContentSource: AnyObject, Sendable {
    /// Hands all octets to `body`, in order, in chunks of any size; the same ones each time.
    ///
    /// What goes wrong is the source's to note.
    func read(into body: (Span<UInt8>) -> Void)
}

/// Content that a document has in the place of a stand-in.
package final class XMLContent: Sendable {
    /// The octets that stand in for it, unlike any others in the document.
    package let placeholder: [UInt8]
    /// Where the content lies.
    package let source: any XMLContentSource
    /// Limits for reading the document with its content.
    package let limits: XMLLimits
    /// Why the content has no canonical form, if it has none.
    package let relativeNamespace: XMLError?
    private let noted = Mutex<XMLError?>(nil)

    /// Content that is known to be well-formed in its place.
    package init(
        placeholder: [UInt8],
        source: any XMLContentSource,
        limits: XMLLimits,
        relativeNamespace: XMLError? = nil
    ) {
        self.relativeNamespace = relativeNamespace
        self.placeholder = placeholder
        self.source = source
        self.limits = limits
    }

    /// What went wrong when the content was canonicalized, whose result then means nothing.
    package var error: XMLError? { noted.withLock { $0 } }

    /// Where the stand-in is first found in `octets`.
    package func placeholderRange(in octets: [UInt8]) -> Range<Int>? {
        guard let first = placeholder.first else { return nil }
        // Searching without knowing the types costs more than the rest of a small message.
        return octets.withUnsafeBufferPointer { octets in
            var start = 0
            while octets.count - start >= placeholder.count {
                guard let place = octets[start...].firstIndex(of: first) else { return nil }
                if octets[place...].starts(with: placeholder) { return place..<place + placeholder.count }
                start = place + 1
            }
            return nil
        }
    }

    func note(_ error: XMLError) { noted.withLock { $0 = $0 ?? error } }
}

/// The content of a document, and where its stand-in is.
struct PlacedContent: Sendable {
    let content: XMLContent
    let range: Range<Int>
}

extension XMLDocument {
    /// The same document with `content` in the place of its stand-in; the document as it is when it does not hold that.
    ///
    /// Canonical forms then have the content, which is read as a stream; nodes, ranges and octets are those of the document with
    /// the stand-in.
    package func filled(with content: XMLContent) -> XMLDocument {
        guard let range = content.placeholderRange(in: octets) else { return self }
        var result = self
        result.placed = PlacedContent(content: content, range: range)
        return result
    }

    /// The same document with its stand-in, whatever that stands for.
    package var unfilled: XMLDocument {
        var result = self
        result.placed = nil
        return result
    }

    /// Where the stand-in is, when there is one.
    package var placeholderRange: Range<Int>? { placed?.range }

    /// Reads the whole document with its content; what a source could not read is missing.
    package func stream(
        canonicalizing parts: [XMLStreamPart],
        limits: XMLLimits,
        visit: (borrowing XMLStream, XMLStreamEvent) -> Void = { _, _ in }
    ) throws(XMLError) {
        var stream = XMLStream(limits: limits, canonicalizing: parts)
        let octets = octets
        guard let placed else {
            try stream.read(octets.span, visit: visit)
            return try stream.finish(visit: visit)
        }
        try stream.read(octets.span.extracting(0..<placed.range.lowerBound), visit: visit)
        var failure: XMLError?
        placed.content.source.read { chunk in
            guard failure == nil else { return }
            do throws(XMLError) { try stream.read(chunk, visit: visit) } catch { failure = error }
        }
        if let failure { throw failure }
        try stream.read(octets.span.extracting(placed.range.upperBound..<octets.count), visit: visit)
        try stream.finish(visit: visit)
    }

    /// The number of an element in document order, from 0, as streams count.
    package func elementNumber(of node: NodeID) -> Int {
        var number = 0
        for index in 0..<node.index where tape.tables.nodes[index].kind == .element { number += 1 }
        return number
    }

    /// Canonicalizes a part that holds the content.
    func canonicalizeStreaming(
        _ node: NodeID,
        by method: Canonicalization,
        omitting omitted: NodeID?,
        _ placed: PlacedContent,
        into body: @escaping (Span<UInt8>) -> Void
    ) {
        let part = XMLStreamPart(
            node == .document ? .document : .element(elementNumber(of: node)),
            omitting: omitted.map(elementNumber(of:)),
            by: method,
            into: body
        )
        do throws(XMLError) {
            try stream(canonicalizing: [part], limits: placed.content.limits)
        } catch {
            placed.content.note(error)
        }
    }
}
