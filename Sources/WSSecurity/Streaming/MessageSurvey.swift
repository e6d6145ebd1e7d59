import XML
import XMLEncryption
import XMLSignature

/// One pass over a message: it is well-formed, its parts are here and there, and these are its ids.
///
/// What is held is the message without the Body's content; of encrypted content that is the `xenc:CipherValue`.
struct MessageSurvey {
    /// The octets of the content that is not held.
    private(set) var content: Range<Int>?
    /// Whether the content is that of the `xenc:CipherValue` in Body's first element.
    private(set) var isCipherValue = false
    /// Whether there are comments in Body.
    private(set) var hasComments = false
    /// Ids in Body.
    private(set) var identifiers: StreamedIdentifiers
    /// A relative namespace URI.
    private(set) var relativeNamespace: XMLError?
    /// Why a stream cannot serve the message.
    private(set) var obstacle: String?

    /// Where the content of the Body begins and ends.
    private var bodyStart: Int?
    private(set) var bodyEnd: Int?
    /// How much of the way to the `xenc:CipherValue` has been gone, and where its content begins.
    private var cipherDepth = 2
    private var cipherStart: Int?
    private var isInBody: Bool { bodyStart != nil && bodyEnd == nil }
    private let looksForCipherValue: Bool

    init(limits: StreamingLimits, looksForCipherValue: Bool) {
        identifiers = StreamedIdentifiers(limit: limits.identifierCount)
        self.looksForCipherValue = looksForCipherValue
    }

    mutating func visit(_ stream: borrowing XMLStream, _ event: XMLStreamEvent) {
        switch event {
        case .start(let element): start(element, stream)
        case .end(let depth, let tag):
            end(depth: depth, tag: tag)
            if depth == 1 { relativeNamespace = stream.relativeNamespace }
        case .node(let kind, let depth, _):
            if isInBody, kind == .comment { hasComments = true }
            if kind != .text, cipherStart != nil, content == nil, depth == 5 {
                obstacle = "xenc:CipherValue holds comments or processing instructions"
            }
        }
    }

    private mutating func start(_ element: XMLStreamElement, _ stream: borrowing XMLStream) {
        for (name, id) in stream.attributes(of: element, named: Self.identifierNames) {
            let isSecurity = !name.namespace.isEmpty || stream.isSecurityElement(element)
            identifiers.note(id, of: element.number, isSecurity: isSecurity)
        }
        if element.depth == 2, bodyStart == nil, stream.isBody(element) {
            bodyStart = element.tag.upperBound
            if element.isEmptyElementTag { bodyEnd = element.tag.upperBound }
        } else if isInBody, element.depth > 2 {
            followCipherValue(element, stream)
        }
    }

    private mutating func followCipherValue(_ element: XMLStreamElement, _ stream: borrowing XMLStream) {
        if cipherStart != nil, element.depth > 5, content == nil { obstacle = "xenc:CipherValue holds elements" }
        guard looksForCipherValue, element.depth == cipherDepth + 1, cipherDepth < 5 else { return }
        let name = ["EncryptedData", "CipherData", "CipherValue"][cipherDepth - 2]
        if stream.isNamed(element, name, in: XMLEncryptionNamespace.encryption) {
            cipherDepth += 1
            if cipherDepth == 5 { cipherStart = element.tag.upperBound }
        } else if cipherDepth == 2 {
            // Body's first element decides.
            cipherDepth = 6
        }
    }

    private mutating func end(depth: Int, tag: Range<Int>) {
        if depth == 5, let start = cipherStart, content == nil, isInBody {
            content = start..<max(start, tag.lowerBound)
            isCipherValue = true
        }
        guard depth == 2, isInBody, let start = bodyStart else { return }
        bodyEnd = tag.lowerBound
        if (3..<5).contains(cipherDepth) { obstacle = "xenc:EncryptedData in Body holds no xenc:CipherValue" }
        if content == nil { content = start..<max(start, tag.lowerBound) }
    }

    private static let identifierNames =
        MessageSnapshot.identifiers + [ExpandedName("Id"), ExpandedName("ID"), ExpandedName("AssertionID")]
}

extension XMLStream {
    fileprivate borrowing func isBody(_ element: XMLStreamElement) -> Bool {
        for version in SOAPVersion.allCases where isNamed(element, "Body", in: version.namespace) { return true }
        return false
    }

    fileprivate borrowing func isSecurityElement(_ element: XMLStreamElement) -> Bool {
        let namespace = name(of: element).namespace
        return namespace == XMLSignatureNamespace.signature || namespace == XMLEncryptionNamespace.encryption
    }
}
