extension XMLError.Kind: CustomStringConvertible {
    /// The cause in words.
    package var description: String {
        switch self {
        case .limitExceeded(let limit, let most): "more than \(most) \(limit.rawValue)"
        case .unsupportedEncoding(let name): "encoding \(name) is none of UTF-8, UTF-16 and US-ASCII"
        case .contradictedEncoding(let name): "the declared encoding \(name) is not the one of the octets"
        case .invalidEncoding: "octets that are no character in the document's encoding"
        case .forbiddenCharacter(let scalar): "character U+\(String(scalar, radix: 16, uppercase: true)) is not allowed"
        case .forbiddenDoctype: "a document type declaration is not allowed"
        case .malformed(let construct): "malformed \(construct.rawValue)"
        case .unexpectedEnd(let construct): "the document ends within a construct (\(construct.rawValue))"
        case .invalidName: "not a name"
        case .mismatchedEndTag(let expected): "the end tag is not </\(expected)>"
        case .unexpectedEndTag: "an end tag without start tag"
        case .noDocumentElement: "no document element"
        case .contentOutsideDocumentElement: "content outside of the document element"
        case .lessThanInAttributeValue: "'<' in an attribute value"
        case .sectionEndInText: "']]>' in text"
        case .undeclaredEntity(let name): "entity \(name) is not declared"
        case .forbiddenReference: "a reference to a character that is not allowed"
        case .duplicateAttribute(let name): "attribute \(name) twice"
        case .unboundPrefix(let prefix): "prefix \(prefix) is not bound to a namespace"
        case .reservedPrefix(let prefix): "prefix \(prefix) or its namespace is reserved"
        case .emptyNamespace(let prefix): "prefix \(prefix) is bound to no namespace"
        case .inheritedAttributes:
            "the part inherits xml: attributes from elements above it, which a stream does not keep"
        case .relativeNamespace(let uri): "a relative namespace URI (\(uri)) has no canonical form: it must be absolute"
        }
    }
}
