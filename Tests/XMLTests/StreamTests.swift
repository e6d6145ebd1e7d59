import TestSupport
import Testing
import XML

/// The stream held to the tape: the same documents, the same canonical forms, the same verdicts, however it is cut.
@Suite("A document that is read as a stream")
struct StreamTests {
    /// What a stream makes of a document that arrives in chunks of random sizes.
    private static func stream(
        _ octets: [UInt8],
        _ parts: [XMLStreamPart.Apex],
        omitting omitted: Int? = nil,
        by method: Canonicalization,
        pieces: Int,
        _ random: inout SeededGenerator
    ) -> Result<[[UInt8]], XMLError> {
        let forms = Forms(count: parts.count)
        let wanted = parts.enumerated()
            .map { index, apex in
                XMLStreamPart(apex, omitting: omitted, by: method) { chunk in
                    chunk.withUnsafeBufferPointer { forms.octets[index] += Array($0) }
                }
            }
        var stream = XMLStream(limits: .standard, canonicalizing: wanted, pieceOctetCount: pieces)
        var start = 0
        do throws(XMLError) {
            while start < octets.count {
                let end = min(octets.count, start + Int.random(in: 1...40, using: &random))
                try stream.read(octets.span.extracting(start..<end))
                start = end
            }
            try stream.finish()
            return .success(forms.octets)
        } catch {
            return .failure(error)
        }
    }

    /// Octets by part.
    private final class Forms {
        var octets: [[UInt8]]

        init(count: Int) { octets = Array(repeating: [], count: count) }
    }

    private static func random(_ generator: inout DocumentGenerator) -> Canonicalization {
        let algorithms: [Canonicalization.Algorithm] = [.exclusive10, .exclusive10, .inclusive10, .inclusive11]
        let algorithm = algorithms[generator.number(below: 4)]
        let prefixes = (DocumentGenerator.prefixes + ["#default", "none"])
            .filter { _ in algorithm == .exclusive10 && generator.chance(4) }
        return Canonicalization(algorithm, withComments: generator.chance(2), inclusivePrefixes: prefixes)
    }

    @Test("has the canonical forms of the tape", arguments: [0x57_0001, 0x57_0002] as [UInt64])
    func forms(seed: UInt64) throws {
        print("seed \(seed)")
        var generator = DocumentGenerator(seed: seed)
        var random = SeededGenerator(seed: seed)
        var refused = 0
        for _ in 0..<max(1, DifferentialTests.count / 8) {
            let octets = [UInt8](generator.document().utf8)
            let document = try XMLDocument(scanning: octets)
            let elements = Array(document.descendants(of: .document))
            let method = Self.random(&generator)
            let apex = generator.number(below: elements.count)
            let omitted = generator.chance(3) ? generator.number(below: elements.count) : nil
            let gap = omitted.map { elements[$0] }
            let children = document.elements(in: elements[apex])
                .flatMap { document.canonicalOctets(of: $0, by: method, omitting: gap) }
            let expected = [
                document.canonicalOctets(of: .document, by: method, omitting: gap),
                document.canonicalOctets(of: elements[apex], by: method, omitting: gap),
            ]
            let pieces = [1, 7, 64, 4096][generator.number(below: 4)]
            let text = String(decoding: octets, as: UTF8.self)
            let parts: [XMLStreamPart.Apex] = [.document, .element(apex), .children(of: apex)]
            switch Self.stream(octets, parts, omitting: omitted, by: method, pieces: pieces, &random) {
            case .success(let forms):
                try #require(Array(forms.prefix(2)) == expected, "\(method) \(apex) \(pieces) \(text)")
                try #require(forms[2] == children || omitted == apex, "\(method) \(apex) \(pieces) \(text)")
            case .failure(let error):
                try #require(error.kind == .inheritedAttributes && method.algorithm != .exclusive10, "\(error) \(text)")
                refused += 1
            }
        }
        #expect(refused > 0)
    }

    @Test("is accepted when the tape accepts it, and refused for the same cause")
    func verdicts() throws {
        var random = SeededGenerator(seed: 0x57_0003)
        var accepted = 0
        for octets in MutationTests.mutated(count: max(1000, DifferentialTests.count / 8)) {
            guard octets.count < 3000 else { continue }
            let pieces = Int.random(in: 1...200, using: &random)
            let expected: Result<[[UInt8]], XMLError>
            do throws(XMLError) {
                let document = try XMLDocument(scanning: octets)
                expected = .success([document.canonicalOctets(of: .document, by: Canonicalization(withComments: true))])
                accepted += 1
            } catch {
                expected = .failure(error)
            }
            let text = String(decoding: octets, as: UTF8.self)
            let method = Canonicalization(withComments: true)
            switch Self.stream(octets, [.document], by: method, pieces: pieces, &random) {
            case .success(let forms): try #require(expected == .success(forms), "\(pieces) \(text)")
            case .failure(let error):
                guard case .failure(let other) = expected else {
                    Issue.record("\(error) but accepted: \(pieces) \(text)")
                    return
                }
                // Characters are checked before all else by the one, and piece by piece by the other; what is cut off at
                // the end of the document is named by what it was taken for.
                let isSame = error == other || error.kind == .malformed(.declaration) && error.kind == other.kind
                try #require(isSame || other.kind.isOfCharacters || other.kind.isOfEnd, "\(error), \(other) \(text)")
            }
        }
        #expect(accepted > 50)
    }

    @Test("brings its elements, ends and comments where they are")
    func events() throws {
        let text = "<?xml version='1.0'?><a x:id='1' xmlns:x='urn:x'><!--c--><x:b Id='2&amp;'/>t<?p?><b>u</b ></a> "
        for pieces in 1...60 {
            var stream = XMLStream(limits: .standard, pieceOctetCount: pieces)
            var seen: [String] = []
            let octets = Array(text.utf8)
            let visit = { (stream: borrowing XMLStream, event: XMLStreamEvent) in
                func slice(_ range: Range<Int>) -> String { String(decoding: octets[range], as: UTF8.self) }
                switch event {
                case .start(let element):
                    let ids = stream.attributes(
                        of: element,
                        named: [ExpandedName("Id"), ExpandedName("id", in: "urn:x")]
                    )
                    let list = ids.map { "\($0.name)=\($0.value)" }.joined()
                    seen.append(
                        "\(element.number) \(element.depth) \(stream.name(of: element)) \(slice(element.tag)) \(list)"
                    )
                case .end(let depth, let tag): seen.append("end \(depth) \(slice(tag))")
                case .node(.text, _, _): return
                case .node(let kind, let depth, let range): seen.append("\(kind) \(depth) \(slice(range))")
                }
            }
            try stream.read(octets.span, visit: visit)
            try stream.finish(visit: visit)
            #expect(
                seen == [
                    "0 1 a <a x:id='1' xmlns:x='urn:x'> {urn:x}id=1", "comment 1 <!--c-->",
                    "1 2 {urn:x}b <x:b Id='2&amp;'/> Id=2&", "end 2 ", "processingInstruction 1 <?p?>", "2 2 b <b> ",
                    "end 2 </b >", "end 1 </a>",
                ]
            )
        }
    }

    @Test("ends at its limits: octets, nodes, and markup that does not end")
    func limits() throws {
        func error(_ text: String, _ change: (inout XMLLimits) -> Void) -> XMLError.Kind? {
            var limits = XMLLimits.standard
            change(&limits)
            var stream = XMLStream(limits: limits, pieceOctetCount: 64)
            let octets = Array(text.utf8)
            do throws(XMLError) {
                for index in octets.indices { try stream.read(octets.span.extracting(index..<index + 1)) }
                try stream.finish()
                return nil
            } catch {
                return error.kind
            }
        }
        let many = "<a>" + String(repeating: "<b/>", count: 500) + "</a>"
        #expect(error(many) { $0.nodeCount = 501 } == nil)
        #expect(error(many) { $0.nodeCount = 500 } == .limitExceeded(.nodeCount, 500))
        #expect(error(many) { $0.octetCount = 2006 } == .limitExceeded(.octetCount, 2006))
        #expect(error(many) { $0.octetCount = 2007 } == nil)
        let comment = "<a><!--" + String(repeating: ">", count: 500) + "--></a>"
        #expect(error(comment) { $0.markupOctetCount = 400 } == .limitExceeded(.markupOctetCount, 400))
        #expect(error(comment) { $0.markupOctetCount = 600 } == nil)
        let text =
            "<a>" + String(repeating: "]", count: 500) + "<![CDATA[" + String(repeating: ">", count: 500) + "]]></a>"
        #expect(error(text) { $0.markupOctetCount = 100 } == nil)
        #expect(
            error("<a xmlns:b='urn:b'>" + String(repeating: "<b:c xmlns:b='urn:c'/>", count: 300) + "<c:d/></a>") { _ in
            }
                == .unboundPrefix("c")
        )
    }
}

extension XMLError.Kind {
    fileprivate var isOfCharacters: Bool {
        switch self {
        case .invalidEncoding, .forbiddenCharacter, .unsupportedEncoding, .contradictedEncoding: true
        default: false
        }
    }

    fileprivate var isOfEnd: Bool { if case .unexpectedEnd = self { true } else { false } }
}
