import Testing
import XML

@Suite("Encodings")
struct EncodingTests {
    private let text = "<?xml version=\"1.0\" encoding='UTF-16'?><\u{E4} b='\u{20AC}'>\u{1F511}\r\n</\u{E4}>"

    private func utf16(_ text: String, isBigEndian: Bool, hasMark: Bool) -> [UInt8] {
        ((hasMark ? "\u{FEFF}" : "") + text).utf16
            .flatMap { unit in
                let octets = [UInt8(unit >> 8), UInt8(unit & 0xFF)]
                return isBigEndian ? octets : octets.reversed()
            }
    }

    @Test("are UTF-16 of both orders, with and without a mark", arguments: [true, false], [true, false])
    func utf16(isBigEndian: Bool, hasMark: Bool) throws {
        let document = try XMLDocument(scanning: utf16(text, isBigEndian: isBigEndian, hasMark: hasMark))
        #expect(document.text(of: document.root) == "\u{1F511}\n")
        #expect(document.attribute("b", of: document.root) == "\u{20AC}")
        let expected = text.replacing("UTF-16", with: "UTF-8")
        #expect(String(decoding: document.octets, as: UTF8.self) == expected)
        #expect(throws: Never.self) { try XMLDocument(scanning: document.octets) }
        let short = try XMLDocument(scanning: utf16("<a/>", isBigEndian: isBigEndian, hasMark: hasMark))
        #expect(document.isNamed(document.root, "\u{E4}", in: "") && short.octets == [UInt8]("<a/>".utf8))
    }

    @Test("are UTF-8 with a mark, which stays in the octets")
    func mark() throws {
        let document = try XMLDocument(scanning: [0xEF, 0xBB, 0xBF] + Array("<a/>".utf8))
        #expect(document.octets.count == 7)
        #expect(document.range(of: document.root) == 3..<7)
        #expect(document.canonicalOctets(of: .document, by: Canonicalization()) == [UInt8]("<a></a>".utf8))
    }

    @Test("that are declared must be those of the octets")
    func declared() {
        func error(_ name: String, _ content: String = "") -> XMLError.Kind? {
            scanError([UInt8]("<?xml version='1.0' encoding='\(name)'?><a>\(content)</a>".utf8))?.kind
        }
        #expect(error("utf-8", "\u{E4}") == nil)
        #expect(error("us-ascii") == nil)
        #expect(error("US-ASCII", "\u{E4}") == .contradictedEncoding("US-ASCII"))
        #expect(error("UTF-16") == .contradictedEncoding("UTF-16"))
        #expect(error("ISO-8859-1") == .unsupportedEncoding("ISO-8859-1"))
        #expect(error("windows-1252") == .unsupportedEncoding("windows-1252"))
        let umlaut = [UInt8]("<?xml version='1.0' encoding='ISO-8859-1'?><a>".utf8) + [0xFC] + [UInt8]("</a>".utf8)
        #expect(scanError(umlaut)?.kind == .unsupportedEncoding("ISO-8859-1"))
        let wide = text.replacing("UTF-16", with: "UTF-8")
        #expect(scanError(utf16(wide, isBigEndian: true, hasMark: true))?.kind == .contradictedEncoding("UTF-8"))
        let little = text.replacing("UTF-16", with: "UTF-16LE")
        #expect(scanError(utf16(little, isBigEndian: true, hasMark: false))?.kind == .contradictedEncoding("UTF-16LE"))
        #expect(scanError(utf16(little, isBigEndian: false, hasMark: false)) == nil)
    }

    @Test("other than these are refused")
    func others() {
        #expect(scanError([0, 0, 0xFE, 0xFF, 0, 0, 0, 0x3C])?.kind == .unsupportedEncoding("UTF-32"))
        #expect(scanError([0x3C, 0, 0, 0, 0x61, 0, 0, 0])?.kind == .unsupportedEncoding("UTF-32"))
        #expect(scanError([0x4C, 0x6F, 0xA7, 0x94])?.kind == .unsupportedEncoding("EBCDIC"))
    }

    @Test("of UTF-16 must hold whole characters")
    func lone() {
        let start: [UInt8] = [0xFE, 0xFF, 0, 0x3C, 0, 0x61, 0, 0x3E]
        #expect(scanError(start + [0xD8, 0, 0, 0x3C]) == XMLError(.invalidEncoding, at: 8))
        #expect(scanError(start + [0xDC, 0, 0, 0x3C]) == XMLError(.invalidEncoding, at: 8))
        #expect(scanError(start + [0xD8, 0]) == XMLError(.invalidEncoding, at: 10))
        #expect(scanError(start + [0]) == XMLError(.invalidEncoding, at: 8))
        #expect(scanError([0xFE, 0xFF]) == XMLError(.noDocumentElement, at: 0))
    }
}
