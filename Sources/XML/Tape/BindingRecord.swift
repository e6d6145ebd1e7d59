/// A namespace declaration of the tape.
///
/// Place 0 stands for none; place 1 binds `xml`.
struct BindingRecord: BitwiseCopyable, Sendable {
    var prefix: UInt32
    var namespace: UInt32
    /// The declaration before this one that is in scope; 0 ends the chain.
    var outer: UInt32
    /// The declaration of the same prefix that this one hides.
    var hidden: UInt32

    static let none = BindingRecord(prefix: 0, namespace: 0, outer: 0, hidden: 0)
    static let xml = BindingRecord(prefix: NameID.xml, namespace: NameID.xmlNamespace, outer: 0, hidden: 0)
}
