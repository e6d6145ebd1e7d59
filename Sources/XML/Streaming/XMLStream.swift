/// Reads a document that arrives in chunks, with memory that does not grow with it.
///
/// The scanner and the canonicalizer are those of `XMLDocument`; their tables hold one piece of the document at a time. The
/// document must be in UTF-8. What is handed on before `finish` returns belongs to a document that may still turn out broken.
package struct XMLStream: ~Copyable {
    private let limits: XMLLimits
    private let pieceOctetCount: Int
    private var scanner: Scanner
    private var parts: [StreamedPart]
    /// The octets that have not been let go, and how many went before them.
    private var buffer: Column<UInt8>
    private var position = 0
    private var progress = Progress()
    /// The first declaration of a relative URI, near its place: with it the document has no canonical form.
    package private(set) var relativeNamespace: XMLError?
    private var walk = Walk()

    /// How far the octets have been looked at.
    private struct Progress {
        /// How many octets of the buffer are known to be characters.
        var checkedCount = 0
        var hasBegun = false
        var mustBeASCII = false
    }

    /// The place of the events.
    private struct Walk {
        var open: UInt32 = 0
        var depth = 0
        var elementCount = 0
    }

    /// A stream that hands on the canonical form of `parts` as they go by.
    ///
    /// A piece of so many octets is read at once. Limits count over the whole document.
    package init(limits: XMLLimits, canonicalizing parts: [XMLStreamPart] = [], pieceOctetCount: Int = 64 << 10) {
        self.limits = limits
        self.pieceOctetCount = max(1, pieceOctetCount)
        var scanning = limits
        scanning.nodeCount = min(limits.nodeCount, Int(UInt32.max) - 1)
        scanner = Scanner(octetCount: min(pieceOctetCount * 2, 1 << 20), limits: scanning)
        buffer = Column(capacity: pieceOctetCount * 2)
        self.parts = []
        for part in parts { self.parts.append(StreamedPart(part, names: scanner.tables.names)) }
    }

    /// Reads octets, as far as they are whole; `visit` gets what comes by, with the stream to ask for names and attributes.
    package mutating func read(
        _ chunk: Span<UInt8>,
        visit: (borrowing XMLStream, XMLStreamEvent) -> Void = { _, _ in }
    ) throws(XMLError) {
        var start = 0
        while start < chunk.count {
            let end = min(chunk.count, start + max(1, pieceOctetCount - (buffer.count - progress.checkedCount)))
            buffer.append(chunk, start..<end)
            start = end
            guard position + buffer.count <= limits.octetCount else {
                throw XMLError(.limitExceeded(.octetCount, limits.octetCount), at: limits.octetCount)
            }
            if buffer.count - progress.checkedCount >= pieceOctetCount { try readPiece(isLast: false, visit) }
        }
    }

    /// Reads what is left, and checks that the document is whole.
    package mutating func finish(
        visit: (borrowing XMLStream, XMLStreamEvent) -> Void = { _, _ in }
    ) throws(XMLError) {
        try readPiece(isLast: true, visit)
    }

    private mutating func readPiece(
        isLast: Bool,
        _ visit: (borrowing XMLStream, XMLStreamEvent) -> Void
    ) throws(XMLError) {
        do throws(XMLError) {
            guard try Self.scan(&scanner, buffer, &progress, isLast: isLast) else { return }
            noteRelativeNamespace()
            let first = walk.depth + 1
            for part in parts {
                try buffer.withSpan { input throws(XMLError) in
                    try part.write(scanner.tables, input, from: first, open: scanner.parent)
                }
            }
            walk = deliver(from: first, visit)
            guard isLast || buffer.count - scanner.position <= limits.markupOctetCount else {
                throw XMLError(.limitExceeded(.markupOctetCount, limits.markupOctetCount), at: scanner.position)
            }
        } catch {
            throw XMLError(error.kind, at: error.offset + position)
        }
        let read = scanner.position
        scanner.compact()
        buffer.removeFirst(read)
        progress.checkedCount -= read
        position += read
    }

    private mutating func noteRelativeNamespace() {
        guard relativeNamespace == nil else { return }
        for index in 2..<max(2, scanner.tables.bindings.count) {
            let namespace = scanner.tables.bindings[index].namespace
            guard namespace != NameID.empty, scanner.tables.names.isRelativeURI(namespace) else { continue }
            let uri = String(scanner.tables.names.text(namespace).prefix(64))
            relativeNamespace = XMLError(.relativeNamespace(uri), at: position)
            return
        }
    }

    private static func scan(
        _ scanner: inout Scanner,
        _ buffer: borrowing Column<UInt8>,
        _ progress: inout Progress,
        isLast: Bool
    ) throws(XMLError) -> Bool {
        try buffer.withSpan { input throws(XMLError) in
            guard progress.hasBegun || isLast || input.holdsDeclaration else { return false }
            let markLength = progress.hasBegun ? 0 : try Self.markLength(input)
            let end = isLast ? input.count : input.characterEnd
            let isASCII = try check(input, progress.checkedCount..<max(end, progress.checkedCount))
            guard isASCII || !progress.mustBeASCII else { throw XMLError(.contradictedEncoding("US-ASCII"), at: 0) }
            progress.checkedCount = max(end, progress.checkedCount)
            let whole = input.extracting(0..<progress.checkedCount)
            if !progress.hasBegun {
                progress.mustBeASCII = try begin(&scanner, whole, at: markLength, isASCII: isASCII)
                progress.hasBegun = true
            }
            try scanner.scanPiece(whole, isLast: isLast)
            if isLast { try scanner.checkEnd(at: whole.count) }
            return true
        }
    }

    private static func markLength(_ input: Span<UInt8>) throws(XMLError) -> Int {
        let (encoding, length) = try DocumentEncoding.detect(input)
        guard encoding == .utf8 else { throw XMLError(.unsupportedEncoding("UTF-16 of a stream"), at: 0) }
        return length
    }

    private static func check(_ input: Span<UInt8>, _ range: Range<Int>) throws(XMLError) -> Bool {
        do {
            return try CharacterCheck.check(input.extracting(range))
        } catch {
            throw XMLError(error.kind, at: error.offset + range.lowerBound)
        }
    }

    /// Reads the declaration; returns whether all that follows must be US-ASCII.
    private static func begin(
        _ scanner: inout Scanner,
        _ input: Span<UInt8>,
        at start: Int,
        isASCII: Bool
    ) throws(XMLError) -> Bool {
        let declaration = try Declaration(reading: input, at: start)
        scanner.position = declaration.end
        scanner.begin(octetCount: 0)
        guard let name = declaration.encoding else { return false }
        let declared = input.string(in: name)
        try DocumentEncoding.utf8.check(declared: declared, isASCII: isASCII, at: name.lowerBound)
        return declared.uppercased() == "US-ASCII"
    }

    /// Hands on the events of the piece; returns where they end.
    private borrowing func deliver(
        from first: Int,
        _ visit: (borrowing XMLStream, XMLStreamEvent) -> Void
    ) -> Walk {
        var walk = walk
        for index in first..<max(first, scanner.tables.nodes.count) {
            let node = scanner.tables.nodes[index]
            while walk.open != node.parent { end(&walk, visit) }
            guard node.kind == .element else {
                visit(self, .node(node.kind, depth: walk.depth, range: shifted(node.range)))
                continue
            }
            walk.open = UInt32(index)
            walk.depth += 1
            let element = XMLStreamElement(
                number: walk.elementCount,
                depth: walk.depth,
                tag: shifted(Int(node.start)..<Int(node.contentStart)),
                isEmptyElementTag: node.flags.contains(.emptyElementTag),
                index: index
            )
            walk.elementCount += 1
            visit(self, .start(element))
        }
        while walk.open != scanner.parent { end(&walk, visit) }
        walk.open = UInt32(walk.depth)
        return walk
    }

    private borrowing func end(_ walk: inout Walk, _ visit: (borrowing XMLStream, XMLStreamEvent) -> Void) {
        let node = scanner.tables.nodes[walk.open]
        visit(self, .end(depth: walk.depth, tag: shifted(Int(node.contentEnd)..<Int(node.end))))
        walk.depth -= 1
        walk.open = node.parent
    }

    private borrowing func shifted(_ range: Range<Int>) -> Range<Int> {
        range.lowerBound + position..<range.upperBound + position
    }
}

extension XMLStream {
    /// The name of an element that has just come by.
    package borrowing func name(of element: XMLStreamElement) -> ExpandedName {
        let record = scanner.tables.nodes[element.index]
        let names = scanner.tables.names.text(scanner.tables.names.localName(of: record.name))
        return ExpandedName(names, in: scanner.tables.names.text(record.namespace))
    }

    /// Whether an element that has just come by is of this name; allocates nothing.
    package borrowing func isNamed(_ element: XMLStreamElement, _ localName: String, in namespace: String) -> Bool {
        let record = scanner.tables.nodes[element.index]
        return scanner.tables.names.matches(scanner.tables.names.localName(of: record.name), localName)
            && scanner.tables.names.matches(record.namespace, namespace)
    }

    /// The normalised values of those attributes of an element that has just come by whose name is one of `names`.
    package borrowing func attributes(
        of element: XMLStreamElement,
        named names: [ExpandedName]
    ) -> [(name: ExpandedName, value: String)] {
        var found: [(name: ExpandedName, value: String)] = []
        for index in scanner.tables.attributeRange(of: element.index) {
            let record = scanner.tables.attributes[index]
            let localName = scanner.tables.names.localName(of: record.name)
            for name in names
            where scanner.tables.names.matches(localName, name.localName)
                && scanner.tables.names.matches(record.namespace, name.namespace)
            {
                found.append((name, buffer.withSpan { scanner.tables.value(of: record, $0) }))
            }
        }
        return found
    }
}

extension Span where Element == UInt8 {
    /// Whether a document's first octets are enough to read its declaration, or to see that it has none.
    fileprivate var holdsDeclaration: Bool {
        guard count >= 9, count < 1024 else { return count >= 1024 }
        let start = self[0] == 0xEF ? 3 : 0
        guard hasText("<?xml", at: start) else { return true }
        for index in start..<count - 1 where hasText("?>", at: index) { return true }
        return false
    }
}
