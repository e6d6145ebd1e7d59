/// An attribute of the tape; those of one element follow one another in the order of the tag.
struct AttributeRecord: BitwiseCopyable, Sendable {
    var name: UInt32
    var namespace: UInt32 = NameID.empty
    var start: UInt32
    var valueStart: UInt32
    var valueEnd: UInt32
    /// Whether the value can be copied into the canonical form as it is.
    var isClean: Bool

    var range: Range<Int> { Int(start)..<Int(valueEnd) + 1 }
    var valueRange: Range<Int> { Int(valueStart)..<Int(valueEnd) }
}
