/// Why octets are no document, and where.
package struct XMLError: Error, Hashable, Sendable {
    /// The cause.
    package let kind: Kind
    /// The first octet at fault, counted from 0 in the document's UTF-8 form.
    package let offset: Int

    /// A cause at a place.
    package init(_ kind: Kind, at offset: Int) {
        self.kind = kind
        self.offset = offset
    }
}

extension XMLError {
    /// A limit of `XMLLimits`.
    package enum Limit: String, Hashable, Sendable {
        case octetCount = "octets"
        case depth = "nested elements"
        case nodeCount = "nodes"
        case attributesPerElement = "attributes of one element"
        case namespaceBindings = "namespace declarations in scope"
        case nameOctetCount = "octets of one name"
        case attributeValueOctetCount = "octets of one attribute value"
        case distinctNames = "distinct names"
        case markupOctetCount = "octets of one tag, comment or processing instruction"
    }

    /// A piece of markup that can be broken.
    package enum Construct: String, Hashable, Sendable {
        case declaration = "XML declaration"
        case startTag = "start tag"
        case endTag = "end tag"
        case attribute = "attribute"
        case attributeValue = "attribute value"
        case reference = "reference"
        case comment = "comment"
        case processingInstruction = "processing instruction"
        case characterData = "CDATA section"
        case markup = "markup"
        case element = "element"
    }

    /// The causes.
    ///
    /// Names that a document brought are cut to 64 characters.
    package enum Kind: Hashable, Sendable {
        /// More than a limit, whose value follows.
        case limitExceeded(Limit, Int)
        /// An encoding other than UTF-8, UTF-16 and US-ASCII.
        case unsupportedEncoding(String)
        /// The declared encoding is not the one that the octets are in.
        case contradictedEncoding(String)
        /// Octets that are no character in the document's encoding.
        case invalidEncoding
        /// A character that XML 1.0 section 2.2 does not allow; its code point follows.
        case forbiddenCharacter(UInt32)
        /// A document type declaration.
        case forbiddenDoctype
        /// The construct does not follow its production.
        case malformed(Construct)
        /// The document ends within the construct.
        case unexpectedEnd(Construct)
        /// No name where one must be, or one that Namespaces in XML 1.0 section 4 does not allow.
        case invalidName
        /// An end tag that is not the one of the open element, whose name follows.
        case mismatchedEndTag(expected: String)
        /// An end tag without start tag.
        case unexpectedEndTag
        /// The document has no element.
        case noDocumentElement
        /// Text, references or a second element outside of the document element.
        case contentOutsideDocumentElement
        /// `<` in an attribute value.
        case lessThanInAttributeValue
        /// `]]>` in text.
        case sectionEndInText
        /// A reference to an entity that is not predefined.
        case undeclaredEntity(String)
        /// A reference to a character that XML 1.0 section 2.2 does not allow.
        case forbiddenReference
        /// Two attributes of one expanded name, or two declarations of one prefix.
        case duplicateAttribute(String)
        /// A prefix that no declaration in scope binds.
        case unboundPrefix(String)
        /// A declaration or use of `xml` or `xmlns` against Namespaces in XML 1.0 section 3.
        case reservedPrefix(String)
        /// A prefix bound to the empty namespace.
        case emptyNamespace(prefix: String)
        /// A part of a stream would inherit `xml:` attributes of elements that have gone by.
        case inheritedAttributes
        /// A namespace URI without scheme, which nothing canonical can have.
        case relativeNamespace(String)
    }
}

extension XMLError: CustomStringConvertible {
    /// The cause and the octet; with the document at hand, `XMLDocument.lineAndColumn(at:)` has the line.
    package var description: String { "\(kind) at octet \(offset)" }

    /// The cause, its line and its column in `octets`, the document's UTF-8 form.
    package func description(in octets: [UInt8]) -> String {
        let place = LinePosition(of: offset, in: octets)
        return "\(kind) at line \(place.line), column \(place.column)"
    }
}
