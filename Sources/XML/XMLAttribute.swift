/// One attribute of a start tag; namespace declarations are none.
package struct XMLAttribute: Hashable, Sendable {
    /// The namespace and local name.
    package let name: ExpandedName
    /// The prefix as written; empty when there is none.
    package let prefix: String
    /// The normalised value (XML 1.0 section 3.3.3), references resolved.
    package let value: String
    /// The octets from the name to the closing quote.
    package let range: Range<Int>
}
