/// A part of a stream that is wanted in canonical form.
///
/// Elements are named by their number in document order, from 0.
package struct XMLStreamPart {
    /// What is written.
    package enum Apex: Hashable, Sendable {
        /// The whole document.
        case document
        /// One element with all below it.
        case element(Int)
        /// Each child element of one element, as an apex of its own.
        case children(of: Int)
    }

    let apex: Apex
    let omitted: Int?
    let method: Canonicalization
    let body: (Span<UInt8>) -> Void

    /// Wants `apex`, less the element with the number `omitted` and all below it, handed to `body` in chunks of any size.
    package init(
        _ apex: Apex,
        omitting omitted: Int? = nil,
        by method: Canonicalization,
        into body: @escaping (Span<UInt8>) -> Void
    ) {
        self.apex = apex
        self.omitted = omitted
        self.method = method
        self.body = body
    }
}
