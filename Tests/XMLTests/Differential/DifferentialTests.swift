import Foundation
import TestSupport
import Testing
import XML

@Suite("Held to libxml2", .enabled(if: Libxml2.isAvailable, "libxml2-utils and python3 are missing"))
struct DifferentialTests {
    /// The vectors that are documents, with their paths.
    static let vectors: [(path: String, octets: [UInt8])] = {
        let files = FileManager.default.enumerator(atPath: Vectors.folder.path)?.compactMap { $0 as? String } ?? []
        return files.filter { $0.hasSuffix(".xml") }.sorted()
            .compactMap { path in
                (try? Vectors.octets(path)).map { (path, $0) }
            }
    }()

    @Test(
        "every vector that is accepted has the canonical forms of xmllint",
        arguments: [true, false]
    )
    func vectors(isExclusive: Bool) throws {
        let documents = Self.vectors
            .compactMap { path, octets in
                (try? XMLDocument(scanning: octets)).map { (path, $0) }
            }
            .filter { (try? $0.1.checkCanonicalizable()) != nil }
        #expect(documents.count > 60)
        let method = Canonicalization(isExclusive ? .exclusive10 : .inclusive10, withComments: true)
        let ours = documents.flatMap { $0.1.canonicalOctets(of: .document, by: method) }
        let files = documents.map { Vectors.folder.appending(path: $0.0).path }
        let theirs = try Libxml2.run(["xmllint", "--nonet", isExclusive ? "--exc-c14n" : "--c14n"] + files, input: [])
        #expect(ours == theirs)
    }

    @Test(
        "of the vectors, those with a document type declaration, another encoding or a flood are refused, and no others"
    )
    func refusedVectors() {
        let floods: Set<XMLError.Kind> = [
            .limitExceeded(.attributesPerElement, 256), .limitExceeded(.attributeValueOctetCount, 256 << 10),
        ]
        var floodCount = 0
        for (path, octets) in Self.vectors {
            let kind = scanError(octets)?.kind
            if octets.firstRange(of: Array("<!DOCTYPE".utf8)) != nil {
                #expect(kind == .forbiddenDoctype, "\(path)")
            } else if octets.firstRange(of: Array("encoding=\"ISO-8859-1\"".utf8)) != nil {
                #expect(kind == .unsupportedEncoding("ISO-8859-1") || kind == .invalidEncoding, "\(path)")
            } else if let kind {
                #expect(floods.contains(kind), "\(path)")
                floodCount += 1
            }
        }
        #expect(floodCount == 2)
    }

    @Test("elements of the vectors have their canonical forms")
    func vectorElements() throws {
        var cases: [Libxml2.Case] = []
        for (index, vector) in Self.vectors.enumerated() where vector.octets.count < 100_000 {
            guard let document = try? XMLDocument(scanning: vector.octets),
                (try? document.checkCanonicalizable()) != nil
            else { continue }
            let count = Array(document.descendants(of: .document)).count
            for place in stride(from: index % 5, to: count, by: max(5, count / 20)) {
                let algorithm: Canonicalization.Algorithm = place % 2 == 0 ? .exclusive10 : .inclusive10
                cases.append(Libxml2.Case(octets: vector.octets, apex: place, method: Canonicalization(algorithm)))
            }
        }
        try compare(cases)
    }

    /// How many random documents are compared: 3,000, or as many as `REKEY_DIFFERENTIAL_COUNT` says.
    static let count = ProcessInfo.processInfo.environment["REKEY_DIFFERENTIAL_COUNT"].flatMap(Int.init) ?? 3000

    @Test(
        "random documents and parts of them have the same canonical forms",
        arguments: [0x5EED_0001, 0x5EED_0002] as [UInt64]
    )
    func random(seed: UInt64) throws {
        print("seed \(seed)")
        var generator = DocumentGenerator(seed: seed)
        var rest = max(1, Self.count / 2)
        while rest > 0 {
            let batch = min(rest, 5000)
            try compare((0..<batch).map { _ in Self.randomCase(&generator) })
            rest -= batch
        }
    }

    /// A document and a part of it as a signature has them: the whole or one element, less one element at times.
    private static func randomCase(_ generator: inout DocumentGenerator) -> Libxml2.Case {
        var test = Libxml2.Case(octets: [UInt8](generator.document().utf8))
        if !generator.chance(4) { test.apex = generator.number(below: generator.elementCount) }
        if generator.elementCount > 1, generator.chance(4) {
            test.omitted = 1 + generator.number(below: generator.elementCount - 1)
        }
        let algorithms: [Canonicalization.Algorithm] = [.exclusive10, .exclusive10, .inclusive10, .inclusive11]
        let algorithm = algorithms[generator.number(below: 4)]
        let prefixes = (DocumentGenerator.prefixes + ["#default", "none"])
            .filter { _ in algorithm == .exclusive10 && generator.chance(4) }
        test.method = Canonicalization(algorithm, withComments: generator.chance(2), inclusivePrefixes: prefixes)
        return test
    }

    private func compare(_ cases: [Libxml2.Case]) throws {
        let answers = try Libxml2.answers(to: cases)
        for (test, answer) in zip(cases, answers) {
            let ours: Libxml2.Answer
            do throws(XMLError) {
                let document = try XMLDocument(scanning: test.octets)
                let elements = Array(document.descendants(of: .document))
                let apex = test.apex.map { elements[$0] } ?? .document
                let omitted = test.omitted.map { elements[$0] }
                ours = .canonical(document.canonicalOctets(of: apex, by: test.method, omitting: omitted))
            } catch {
                Issue.record("\(error) in \(String(decoding: test.octets, as: UTF8.self))")
                return
            }
            guard ours != answer else { continue }
            Issue.record(
                """
                differs: apex \(test.apex ?? -1), without \(test.omitted ?? -1), \(test.method)
                document: \(String(decoding: test.octets, as: UTF8.self))
                ours:     \(ours.text)
                theirs:   \(answer.text)
                """
            )
            return
        }
    }
}

extension Libxml2.Answer {
    /// The answer for people.
    fileprivate var text: String {
        if case .canonical(let octets) = self { return String(decoding: octets, as: UTF8.self) }
        return "\(self)"
    }
}
