/// What a document may cost at most; the first excess ends the scan with `XMLError.Kind.limitExceeded`.
package struct XMLLimits: Hashable, Sendable {
    /// Octets of the document as it arrives; never more than 4 GiB - 1, because positions have 32 bits.
    package var octetCount = 32 << 20
    /// Elements within one another.
    package var depth = 256
    /// Elements, runs of text, comments and processing instructions.
    package var nodeCount = 2_000_000
    /// Attributes and namespace declarations of one start tag.
    package var attributesPerElement = 256
    /// Namespace declarations in scope at one place, those that are redeclared included.
    package var namespaceBindings = 256
    /// Octets of one qualified name.
    package var nameOctetCount = 1024
    /// Octets of one attribute value, as written.
    package var attributeValueOctetCount = 256 << 10
    /// Different names, prefixes and namespace URIs.
    package var distinctNames = 8192

    /// Octets of one tag, comment or processing instruction of a document that is read as a stream.
    package var markupOctetCount = 1 << 20

    /// Limits that no SOAP message in earnest comes near.
    package static let standard = XMLLimits()

    /// The standard limits, to be changed one by one.
    package init() {}
}
