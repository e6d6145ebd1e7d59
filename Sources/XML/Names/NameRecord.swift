/// A string of a document that is kept once: a qualified name, a prefix, a local name or a namespace URI.
struct NameRecord: BitwiseCopyable, Sendable {
    /// The place in the pool of octets.
    var offset: UInt32
    var octetCount: UInt32
    var hash: UInt32
    /// The name's prefix, `NameID.unchecked` until the octets have been found to be a qualified name.
    var prefix: UInt32 = NameID.unchecked
    var localName: UInt32 = 0
    /// While scanning: the name that came after this one last; 0 for none.
    var follower: UInt32 = 0
    /// While scanning: the declaration in scope of this as a prefix; 0 for none.
    var binding: UInt32 = 0

    var range: Range<Int> { Int(offset)..<Int(offset) + Int(octetCount) }
}

/// The names that every table begins with.
enum NameID {
    static let empty: UInt32 = 0
    static let xml: UInt32 = 1
    static let xmlns: UInt32 = 2
    static let xmlNamespace: UInt32 = 3
    static let xmlnsNamespace: UInt32 = 4
    static let unchecked = UInt32.max

    static let reserved: [String] = [
        "", "xml", "xmlns", "http://www.w3.org/XML/1998/namespace", "http://www.w3.org/2000/xmlns/",
    ]
}
