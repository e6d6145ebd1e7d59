import TestSupport
import Testing
import XML

@Suite("Mutated documents")
struct MutationTests {
    private static let seed: UInt64 = 0x0F0_220

    /// Octets that make trouble.
    private static let fragments: [[UInt8]] =
        [
            "<", ">", "</", "/>", "&", ";", "&#", "&#x", "&amp;", "\"", "'", "=", ":", " xmlns:p=''", "xmlns=''",
            "<!--", "-->", "--", "]]>",
            "<![CDATA[", "<?", "?>", "<?xml ", "<!DOCTYPE", "<a>", "</a>", "\r", "\t", "\0", "\u{FFFE}", "\u{7FF}",
            " a='1' a='2'",
        ]
        .map { [UInt8]($0.utf8) } + [[0xC0], [0x80], [0xF4, 0x90], [0xFF], [0xED, 0xA0]]

    static func mutated(count: Int) -> [[UInt8]] {
        print("seed \(seed)")
        var random = SeededGenerator(seed: seed)
        var generator = DocumentGenerator(seed: seed)
        let vectors = DifferentialTests.vectors.map(\.octets)
        return (0..<count)
            .map { round in
                var octets = round % 4 == 0 ? vectors[round / 4 % vectors.count] : [UInt8](generator.document().utf8)
                if octets.count > 6000 { octets = Array(octets[..<6000]) }
                for _ in 0...Int.random(in: 0..<2, using: &random) where !octets.isEmpty { mutate(&octets, &random) }
                return octets
            }
    }

    private static func mutate(_ octets: inout [UInt8], _ random: inout SeededGenerator) {
        let place = Int.random(in: 0..<octets.count, using: &random)
        switch Int.random(in: 0..<5, using: &random) {
        case 0: octets[place] = UInt8.random(in: 0...255, using: &random)
        case 1: octets.remove(at: place)
        case 2: octets.removeSubrange(place..<min(octets.count, place + Int.random(in: 1...20, using: &random)))
        case 3:
            let from = Int.random(in: 0..<octets.count, using: &random)
            octets.insert(contentsOf: Array(octets[from..<min(octets.count, from + 12)]), at: place)
        default: octets.insert(contentsOf: fragments.randomElement(using: &random) ?? [], at: place)
        }
    }

    @Test("are scanned or refused, read and canonicalized, and never trap")
    func total() {
        var accepted = 0
        for octets in Self.mutated(count: 4000) {
            guard let document = try? XMLDocument(scanning: octets) else { continue }
            accepted += 1
            for node in document.descendants(of: .document) {
                _ = document.attributes(of: node)
                _ = document.name(of: node)
            }
            _ = document.text(of: .document)
            let canonical = document.canonicalOctets(
                of: .document,
                by: Canonicalization(.inclusive10, withComments: true)
            )
            let again = try? XMLDocument(scanning: canonical)
            #expect(
                again?.canonicalOctets(of: .document, by: Canonicalization(.inclusive10, withComments: true))
                    == canonical
            )
        }
        #expect(accepted > 200)
    }

    @Test("in UTF-16 are scanned or refused too")
    func wide() {
        var generator = DocumentGenerator(seed: Self.seed)
        var random = SeededGenerator(seed: Self.seed)
        var accepted = 0
        for _ in 0..<500 {
            let text = generator.document().replacing("'UTF-8'", with: "'UTF-16'")
            var octets = text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
            let plain = try? XMLDocument(scanning: octets)
            #expect(
                plain.map { String(decoding: $0.octets, as: UTF8.self) } == text.replacing("'UTF-16'", with: "'UTF-8'")
            )
            Self.mutate(&octets, &random)
            accepted += (try? XMLDocument(scanning: octets)) == nil ? 0 : 1
        }
        #expect(accepted > 0)
    }

    @Test("that are cut anywhere are refused")
    func prefixes() {
        var generator = DocumentGenerator(seed: Self.seed)
        for _ in 0..<30 {
            let octets = [UInt8](generator.document().utf8)
            guard let document = try? XMLDocument(scanning: octets) else { continue }
            for length in 0..<document.range(of: document.root).upperBound {
                #expect(scanError(Array(octets[..<length])) != nil)
            }
        }
    }

    @Test(
        "are accepted by libxml2 when we accept them, and refused when we refuse them as not well-formed",
        .enabled(if: Libxml2.isAvailable, "libxml2-utils and python3 are missing")
    )
    func verdicts() throws {
        let documents = Self.mutated(count: 4000)
        let answers = try Libxml2.answers(to: documents.map { Libxml2.Case(octets: $0) })
        for (octets, answer) in zip(documents, answers) {
            let error = scanError(octets)
            let isExpected = if let error { answer == .refused || error.kind.isStricter } else { answer != .refused }
            #expect(
                isExpected,
                "\(error?.description ?? "accepted") but \(answer): \(String(decoding: octets, as: UTF8.self))"
            )
        }
    }
}

extension XMLError.Kind {
    /// Whether libxml2 does not know or not enforce the rule: limits, document types, namespaces,
    /// more encodings, digits in a version.
    fileprivate var isStricter: Bool {
        switch self {
        case .limitExceeded, .forbiddenDoctype, .unsupportedEncoding, .contradictedEncoding, .unboundPrefix,
            .reservedPrefix,
            .emptyNamespace, .duplicateAttribute, .invalidName, .malformed(.declaration):
            true
        default: false
        }
    }
}
