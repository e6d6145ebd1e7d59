import Cryptography
import Foundation
import TestSupport
import Testing

@Suite struct Base64Tests {
    /// RFC 4648 section 10.
    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
    ])
    func `encodes and decodes the examples of RFC 4648`(_ plain: String, _ text: String) {
        #expect(Base64.encode(Array(plain.utf8)) == text)
        #expect(Base64.encodedOctets(Array(plain.utf8)) == Array(text.utf8))
        #expect(Base64.decode(text) == Array(plain.utf8))
    }

    @Test(arguments: [" Zm9v\r\nYmFy\t", "Z m 9 v Y m F y", "Zm9vYmFy\n\n", "\n\n\nZm9vYmF\ny"])
    func `ignores the white space of XML`(_ text: String) {
        #expect(Base64.decode(text) == Array("foobar".utf8))
    }

    @Test(arguments: [
        "Z", "Zg", "Zg=", "Zg===", "=", "====", "Zg==Zg==", "Zh==", "Zm9=", "Zm9v!", "Zm9v\u{b}", "Zm-v", "Zm9vé",
        "Zg==A",
        "Z=g=", "Zm9v\0",
    ])
    func `refuses what is not Base64`(_ text: String) {
        #expect(Base64.decode(text) == nil)
        #expect(Base64.decode(Array(text.utf8)) == nil)
    }

    @Test func `refuses more text than its limit`() {
        #expect(Base64.decode("Zm9vYmFy", limit: 8) != nil)
        #expect(Base64.decode("Zm9vYmFy", limit: 7) == nil)
    }

    @Test func `agrees with Foundation on random octets`() {
        var generator = SeededGenerator(seed: 0x5EED_0002)
        for count in 0..<300 {
            let octets = generator.octets(count)
            let text = Data(octets).base64EncodedString()
            #expect(Base64.encode(octets) == text, "seed \(generator.seed)")
            #expect(Base64.decode(text) == octets, "seed \(generator.seed)")
            #expect(Base64.decode(Array(" \(text)".utf8)[1...]) == octets, "seed \(generator.seed)")
            let wrapped = Data(octets).base64EncodedString(options: [.lineLength64Characters])
            #expect(Base64.decode(wrapped) == octets, "seed \(generator.seed)")
        }
    }

    @Test func `octets that are written where their text comes to lie have the same text, and are read back in place`()
        throws
    {
        for count in Array(0...200) + [4095, 4096, 70_001] {
            let octets = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 151 &+ count) }
            var text = Array("x".utf8)
            Base64.appendEncoded(count: count, between: "<a>", and: "</a>", to: &text) { $0.copyBytes(from: octets) }
            #expect(text == Array("x<a>".utf8) + Base64.encodedOctets(octets) + Array("</a>".utf8))
            let encoded = Array(text[4..<text.count - 4])
            var decoded = [UInt8](repeating: 0xFF, count: Base64.mostOctets(of: encoded.count))
            #expect(Base64.decode(encoded.span, into: &decoded))
            #expect(decoded == octets)
        }
        var short = [UInt8](repeating: 0, count: 2)
        #expect(!Base64.decode(Array("AAAA".utf8).span, into: &short))
    }
}
