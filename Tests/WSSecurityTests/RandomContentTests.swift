import TestSupport
import Testing
import WSSecurity
import XML

@Suite("Whatever a Body holds comes through unchanged")
struct RandomContentTests {
    @Test("random content, signed and encrypted in both orders, with seeds", arguments: 0..<120)
    func content(_ number: Int) throws {
        var writer = RandomContent(seed: 0xC0_47E9_7000 + UInt64(number))
        let content = writer.elements(depth: 3)
        let envelope =
            "<s:Envelope xmlns:s=\"\(SOAPVersion.soap12.namespace)\" xmlns:p=\"urn:p\" xmlns:q=\"urn:q\">"
            + "<s:Body>\(content)</s:Body></s:Envelope>"
        let octets = Array(envelope.utf8)
        let document = try XMLDocument(scanning: octets)
        let body = try #require(document.firstElement("Body", in: SOAPVersion.soap12.namespace, of: document.root))
        let method = Canonicalization(.exclusive10, inclusivePrefixes: ["p", "q"])
        let expected = document.elements(in: body).flatMap { document.canonicalOctets(of: $0, by: method) }
        for order in ProtectionOrder.allCases {
            let message = try Fixtures.protected(octets, order: order)
            let result = try Fixtures.process(message, InboundPolicy(encrypted: [.body]))
            #expect(result.body == expected, "seed \(writer.seed), \(order): \(content)")
        }
    }
}

/// Writes random elements with namespaces, attributes, text of every kind, comments and processing instructions.
struct RandomContent {
    let seed: UInt64
    private var generator: SeededGenerator

    init(seed: UInt64) {
        self.seed = seed
        generator = SeededGenerator(seed: seed)
    }

    mutating func elements(depth: Int) -> String {
        (0...Int.random(in: 0...2, using: &generator)).map { _ in element(depth: depth) }.joined()
    }

    private mutating func element(depth: Int) -> String {
        let prefix = pick(["", "p:", "q:", "r:"])
        let name = prefix + pick(["a", "b", "\u{E9}"])
        var tag = "<" + name
        if prefix == "r:" { tag += " xmlns:r=\"urn:r\(pick(["1", "2"]))\"" }
        if chance() { tag += " xmlns=\"\(pick(["", "urn:d", "urn:e"]))\"" }
        if chance() { tag += " p:x=\(pick(["'\"&lt;'", "\"&#x9;'&amp;\"", "\"  \n \""]))" }
        if chance() { tag += " x='q:name'" }
        guard depth > 0, chance() || chance() else { return tag + (chance() ? "/>" : "></\(name)>") }
        var content = ""
        for _ in 0..<Int.random(in: 0...4, using: &generator) {
            content += chance() ? element(depth: depth - 1) : text()
        }
        return tag + ">" + content + "</\(name)>"
    }

    private mutating func text() -> String {
        pick([
            "text", "&amp;&lt;&gt;&quot;", "<![CDATA[<raw>&]]>", "<!-- comment -->", "<?target data?>", "\r\n\t ",
            "&#xD;&#10;",
            "\u{1F511}\u{FC}", "]]&gt;",
        ])
    }

    private mutating func pick(_ choices: [String]) -> String { choices.randomElement(using: &generator) ?? "" }

    private mutating func chance() -> Bool { Bool.random(using: &generator) }
}
