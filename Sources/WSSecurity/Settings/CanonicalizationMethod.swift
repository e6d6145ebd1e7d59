/// How signed elements become octets (XML Signature 1.1 section 6.5).
public enum CanonicalizationMethod: String, CaseIterable, Codable, Hashable, Sendable {
    /// Exclusive XML Canonicalization 1.0: the one of the Basic Security Profile (BSP 1.1 R5404).
    case exclusive = "http://www.w3.org/2001/10/xml-exc-c14n#"
    /// The same, comments kept.
    case exclusiveWithComments = "http://www.w3.org/2001/10/xml-exc-c14n#WithComments"
    /// Canonical XML 1.0.
    case inclusive = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
    /// The same, comments kept.
    case inclusiveWithComments = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments"
    /// Canonical XML 1.1.
    case inclusive11 = "http://www.w3.org/2006/12/xml-c14n11"
    /// The same, comments kept.
    case inclusive11WithComments = "http://www.w3.org/2006/12/xml-c14n11#WithComments"

    /// The URI.
    public var uri: String { rawValue }
}
