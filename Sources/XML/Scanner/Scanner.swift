/// Reads octets that are known to be allowed characters into the tables of a tape (XML 1.0, Namespaces in XML 1.0).
///
/// The input is a parameter throughout: the state is one noncopyable value that owns its tables. Open elements are a
/// table too, so nesting costs no stack.
struct Scanner: ~Copyable {
    /// An element whose end tag has not come.
    struct OpenElement: BitwiseCopyable {
        var node: UInt32
        /// The last child so far; 0 for none.
        var lastChild: UInt32 = 0
        /// What was in scope before its declarations.
        var outerScope: UInt32
        var outerBindingCount: Int
    }

    let limits: XMLLimits
    var position = 0
    var tables: Tables
    var marks = AttributeMarks()
    /// The name that was read last.
    var lastName = NameID.empty
    var open = Column<OpenElement>(capacity: 32)
    /// The innermost declaration in scope, and how many are.
    var scope: UInt32 = 1
    var bindingCount = 0
    /// The place of the last element that declared the prefix `xml`; 0 for none.
    var xmlDeclaredAt = 0
    /// The document element; 0 as long as there is none.
    var root: UInt32 = 0
    /// How many nodes a stream has let go, and whether it stands within a CDATA section.
    var droppedNodeCount = 0
    var isInCharacterData = false

    init(octetCount: Int, limits: XMLLimits) {
        self.limits = limits
        tables = Tables(octetCount: octetCount)
    }

    /// Reads the whole document, whose first `position` octets (mark, declaration) have been read.
    mutating func scanDocument(_ input: Span<UInt8>) throws(XMLError) {
        begin(octetCount: input.count)
        while position < input.count {
            if input[position] == 0x3C {
                try scanMarkup(input)
            } else if open.count == 1 {
                try skipSpaceOutsideDocumentElement(input)
            } else {
                try scanText(input)
            }
        }
        try checkEnd(at: input.count)
    }

    /// Adds the document itself.
    mutating func begin(octetCount: Int) {
        let end = UInt32(octetCount)
        tables.nodes.append(
            NodeRecord(kind: .document, start: 0, end: end, contentStart: 0, contentEnd: end, parent: 0, scope: 1)
        )
        open.append(OpenElement(node: 0, outerScope: 1, outerBindingCount: 0))
    }

    /// There is one document element, and it has ended.
    func checkEnd(at end: Int) throws(XMLError) {
        guard open.count == 1 else { throw XMLError(.unexpectedEnd(.element), at: end) }
        guard root != 0 else { throw XMLError(.noDocumentElement, at: end) }
    }

    /// Adds a node below the open element and links it to its siblings.
    @inline(__always)
    @discardableResult
    mutating func add(_ node: NodeRecord) throws(XMLError) -> UInt32 {
        let index = UInt32(tables.nodes.count)
        guard Int(index) + droppedNodeCount <= limits.nodeCount else {
            throw XMLError(.limitExceeded(.nodeCount, limits.nodeCount), at: Int(node.start))
        }
        let level = open.count - 1
        var parent = open[level]
        if parent.lastChild != 0 { tables.nodes[parent.lastChild].next = index }
        parent.lastChild = index
        open[level] = parent
        tables.nodes.append(node)
        return index
    }

    /// The open element, or the document.
    @inline(__always)
    var parent: UInt32 { open[open.count - 1].node }

    mutating func scanMarkup(_ input: Span<UInt8>) throws(XMLError) {
        switch input.octet(at: position + 1) {
        case 0x2F: try scanEndTag(input)
        case 0x21: try scanDeclarationMarkup(input)
        case 0x3F: try scanProcessingInstruction(input)
        default: try scanStartTag(input)
        }
    }

    private mutating func scanDeclarationMarkup(_ input: Span<UInt8>) throws(XMLError) {
        if input.hasText("<!--", at: position) { return try scanComment(input) }
        if input.hasText("<![CDATA[", at: position) { return try scanCharacterData(input) }
        if input.hasText("<!DOCTYPE", at: position) { throw XMLError(.forbiddenDoctype, at: position) }
        throw XMLError(.malformed(.markup), at: position)
    }

    mutating func skipSpaceOutsideDocumentElement(_ input: Span<UInt8>) throws(XMLError) {
        skipSpace(input)
        guard position == input.count || input[position] == 0x3C else {
            throw XMLError(.contentOutsideDocumentElement, at: position)
        }
    }

    /// Moves to the first octet that is no white space.
    @inline(__always)
    mutating func skipSpace(_ input: Span<UInt8>) {
        while CharacterClass.isSpace(input.octet(at: position)) { position += 1 }
    }
}
