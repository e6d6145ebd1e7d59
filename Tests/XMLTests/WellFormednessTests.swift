import Testing
import XML

@Suite("Well-formedness")
struct WellFormednessTests {
    @Test(
        "accepts what the productions allow",
        arguments: [
            "<a/>", "<a></a>", "<a ></a >", "\n<a/>\n", "<a b=''/>", "<a b = \"1\" c='2'/>", "<a b='\"' c=\"'\"/>",
            "<?xml version='1.0'?><a/>", "<?xml version=\"1.0\" encoding='utf-8' standalone = \"yes\" ?><a/>",
            "<?xml version='1.1'?><a/>", "<!-- - --><a/><!----><?p?><?p d?>", "<a><!--->--></a>", "<a>]]</a>",
            "<a>]>]]&gt;</a>",
            "<a><![CDATA[]]></a>", "<a><![CDATA[]]]]></a>", "<a><![CDATA[<&]>]]></a>",
            "<a>&lt;&gt;&amp;&quot;&apos;</a>",
            "<a>&#0009;&#x10FFFF;&#xe000;</a>", "<a b='>&#xA;'/>", "<_.-1/>", "<\u{E4}\u{B7}\u{300}/>", "<\u{10000}/>",
            "<a><?p ??></a>", "<a><?x-m-l ?></a>", "<a>\u{7F}\u{85}\u{FFFD}\u{10FFFF}</a>", "<a><?P ?p ?></a>",
            "\u{FEFF}<?xml version='1.0'?><a/>",
        ]
    )
    func good(_ text: String) { #expect(scanError([UInt8](text.utf8)) == nil) }

    @Test(
        "refuses what they do not allow, at the octet",
        arguments: [
            ("", .noDocumentElement, 0), (" \n", .noDocumentElement, 2), ("<!-- -->", .noDocumentElement, 8),
            ("a", .contentOutsideDocumentElement, 0), ("<a/>b", .contentOutsideDocumentElement, 4),
            ("<a/><b/>", .contentOutsideDocumentElement, 4), ("<a/>&amp;", .contentOutsideDocumentElement, 4),
            ("<a/><![CDATA[]]>", .contentOutsideDocumentElement, 4), ("</a>", .unexpectedEndTag, 0),
            ("<a></a></a>", .unexpectedEndTag, 7), ("<a>", .unexpectedEnd(.element), 3),
            ("<a><b></a>", .mismatchedEndTag(expected: "b"), 6), ("<a></ab>", .mismatchedEndTag(expected: "a"), 3),
            ("<ab></a>", .mismatchedEndTag(expected: "ab"), 4), ("<a></a", .unexpectedEnd(.endTag), 6),
            ("<a></a b>", .malformed(.endTag), 7), ("<a", .unexpectedEnd(.startTag), 2),
            ("<a/", .unexpectedEnd(.startTag), 3),
            ("<a/ >", .malformed(.startTag), 3), ("<", .invalidName, 1), ("< a/>", .invalidName, 1),
            ("<1/>", .invalidName, 1),
            ("<-a/>", .invalidName, 1), ("<a\u{D7}/>", .invalidName, 2), ("<a=/>", .malformed(.startTag), 2),
            ("<a b/>", .malformed(.attribute), 4), ("<a b", .unexpectedEnd(.attribute), 4),
            ("<a b=c/>", .malformed(.attributeValue), 5),
            ("<a b='c/>", .unexpectedEnd(.attributeValue), 9), ("<a b='<'/>", .lessThanInAttributeValue, 6),
            ("<a b='1'c='2'/>", .malformed(.startTag), 8), ("<a b='&c'/>", .malformed(.reference), 6),
            ("<a 1='2'/>", .invalidName, 3), ("<a b='1' b='2'/>", .duplicateAttribute("b"), 9),
            ("<a>&b;</a>", .undeclaredEntity("b"), 3), ("<a>& </a>", .malformed(.reference), 3),
            ("<a>&;</a>", .malformed(.reference), 3), ("<a>&lt</a>", .malformed(.reference), 3),
            ("<a>&#;</a>", .malformed(.reference), 3),
            ("<a>&#x;</a>", .malformed(.reference), 3), ("<a>&#1a;</a>", .malformed(.reference), 3),
            ("<a>&#X41;</a>", .malformed(.reference), 3), ("<a>&#0;</a>", .forbiddenReference, 3),
            ("<a>&#xD800;</a>", .forbiddenReference, 3), ("<a>&#x110000;</a>", .forbiddenReference, 3),
            ("<a>&#99999999999999999999;</a>", .forbiddenReference, 3), ("<a>&#xFFFE;</a>", .forbiddenReference, 3),
            ("<a>]]></a>", .sectionEndInText, 3), ("<a>]]]></a>", .sectionEndInText, 4),
            ("<a><![CDATA[</a>", .unexpectedEnd(.characterData), 16),
            ("<a><![CDATA[]]", .unexpectedEnd(.characterData), 14), ("<a><![cdata[]]></a>", .malformed(.markup), 3),
            ("<!-- -- --><a/>", .malformed(.comment), 7), ("<!-- ---><a/>", .malformed(.comment), 7),
            ("<!--->", .unexpectedEnd(.comment), 6), ("<!-- ", .unexpectedEnd(.comment), 5),
            ("<!- --><a/>", .malformed(.markup), 0),
            ("<?", .invalidName, 2), ("<? a?><a/>", .invalidName, 2),
            ("<?a", .unexpectedEnd(.processingInstruction), 3),
            ("<?a b", .unexpectedEnd(.processingInstruction), 5), ("<?a+?><a/>", .malformed(.processingInstruction), 3),
            (" <?xml version='1.0'?><a/>", .invalidName, 3), ("<a><?XmL ?></a>", .invalidName, 5),
            ("<?xml?><a/>", .invalidName, 2), ("<?xml version='2.0'?><a/>", .malformed(.declaration), 19),
            ("<?xml version='1.'?><a/>", .malformed(.declaration), 18),
            ("<?xml encoding='UTF-8'?><a/>", .malformed(.declaration), 5),
            ("<?xml version='1.0'encoding='UTF-8'?><a/>", .malformed(.declaration), 19),
            ("<?xml version='1.0' standalone='maybe'?><a/>", .malformed(.declaration), 32),
            ("<?xml version='1.0' encoding='-8'?><a/>", .malformed(.declaration), 30),
            ("<?xml version='1.0' standalone='no' encoding='UTF-8'?><a/>", .malformed(.declaration), 36),
            ("<!DOCTYPE a><a/>", .forbiddenDoctype, 0), ("<a><!DOCTYPE a></a>", .forbiddenDoctype, 3),
            ("<!ENTITY a 'b'><a/>", .malformed(.markup), 0), ("<a>\u{1}</a>", .forbiddenCharacter(1), 3),
            ("<a b='\u{0}'/>", .forbiddenCharacter(0), 6), ("<a>\u{FFFE}</a>", .forbiddenCharacter(0xFFFE), 3),
        ] as [(String, XMLError.Kind, Int)]
    )
    func bad(_ text: String, kind: XMLError.Kind, offset: Int) {
        #expect(scanError([UInt8](text.utf8)) == XMLError(kind, at: offset))
    }

    @Test("refuses octets that are not UTF-8, wherever they stand", arguments: 0..<40)
    func notUTF8(_ place: Int) {
        let broken: [[UInt8]] = [
            [0x80], [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF0, 0x80, 0x80, 0x80],
            [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFF], [0xE2, 0x82], [0xC3],
        ]
        for octets in broken {
            let text = Array("<a>".utf8) + Array(repeating: 0x20, count: place) + octets + Array(" </a>".utf8)
            #expect(scanError(text) == XMLError(.invalidEncoding, at: 3 + place))
        }
    }

    @Test("errors say the cause and the place")
    func description() {
        let text = [UInt8]("<a>\n  <b></a>".utf8)
        let error = scanError(text)
        #expect(error?.description == "the end tag is not </b> at octet 9")
        #expect(error?.description(in: text) == "the end tag is not </b> at line 2, column 6")
        #expect(XMLError(.limitExceeded(.depth, 5), at: 1).description == "more than 5 nested elements at octet 1")
    }
}
