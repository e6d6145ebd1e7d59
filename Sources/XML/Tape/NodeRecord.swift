/// A node of the tape: fixed-size, positions in octets, relations as places in the tape.
struct NodeRecord: BitwiseCopyable, Sendable {
    var kind: NodeKind
    var flags: Flags = []
    var attributeCount: UInt16 = 0
    var start: UInt32
    var end: UInt32
    /// The first octet after an element's start tag; of another node's data.
    var contentStart: UInt32
    /// The first octet of an element's end tag, if it has one; the octet after another node's data.
    var contentEnd: UInt32
    var parent: UInt32
    /// The next sibling; 0 for none.
    var next: UInt32 = 0
    /// The qualified name, or the target of a processing instruction.
    var name: UInt32 = 0
    var namespace: UInt32 = 0
    /// The innermost namespace declaration in scope.
    var scope: UInt32 = 0
    var firstAttribute: UInt32 = 0

    struct Flags: OptionSet, BitwiseCopyable, Sendable {
        let rawValue: UInt8
        /// The data can be copied into the canonical form as they are.
        static let clean = Flags(rawValue: 1)
        static let characterData = Flags(rawValue: 2)
        static let emptyElementTag = Flags(rawValue: 4)
    }

    var range: Range<Int> { Int(start)..<Int(end) }
    var contentRange: Range<Int> { Int(contentStart)..<Int(contentEnd) }
}
