import Testing
import XML

@Suite("Limits")
struct LimitTests {
    private func limits(_ change: (inout XMLLimits) -> Void) -> XMLLimits {
        var limits = XMLLimits.standard
        change(&limits)
        return limits
    }

    private func error(_ text: String, _ change: (inout XMLLimits) -> Void) -> XMLError? {
        scanError([UInt8](text.utf8), limits: limits(change))
    }

    @Test("end the scan at the first excess and not before")
    func each() {
        #expect(error("<a/>", { $0.octetCount = 4 }) == nil)
        #expect(error("<a/> ", { $0.octetCount = 4 }) == XMLError(.limitExceeded(.octetCount, 4), at: 4))
        #expect(error("<a><b/><b/></a>", { $0.depth = 2 }) == nil)
        #expect(error("<a><b><c/></b></a>", { $0.depth = 2 }) == XMLError(.limitExceeded(.depth, 2), at: 6))
        #expect(error("<a>1<b/></a>", { $0.nodeCount = 3 }) == nil)
        #expect(error("<a>1<b/>2</a>", { $0.nodeCount = 3 }) == XMLError(.limitExceeded(.nodeCount, 3), at: 8))
        #expect(error("<a b='' xmlns='c'/>", { $0.attributesPerElement = 2 }) == nil)
        #expect(
            error("<a b='' xmlns='c' d=''/>", { $0.attributesPerElement = 2 })
                == XMLError(.limitExceeded(.attributesPerElement, 2), at: 18)
        )
        #expect(error("<a xmlns='1'><b xmlns='2'/><b xmlns='2'/></a>", { $0.namespaceBindings = 2 }) == nil)
        #expect(
            error("<a xmlns='1'><b xmlns='2'><c xmlns=''/></b></a>", { $0.namespaceBindings = 2 })
                == XMLError(.limitExceeded(.namespaceBindings, 2), at: 29)
        )
        #expect(error("<abc/>", { $0.nameOctetCount = 3 }) == nil)
        #expect(error("<abcd/>", { $0.nameOctetCount = 3 }) == XMLError(.limitExceeded(.nameOctetCount, 3), at: 1))
        #expect(error("<a b='123'/>", { $0.attributeValueOctetCount = 3 }) == nil)
        #expect(
            error("<a b='1234'/>", { $0.attributeValueOctetCount = 3 })
                == XMLError(.limitExceeded(.attributeValueOctetCount, 3), at: 6)
        )
        #expect(error("<a><b/><a/><b/></a>", { $0.distinctNames = 2 }) == nil)
        #expect(
            error("<a><b/><c/></a>", { $0.distinctNames = 2 }) == XMLError(.limitExceeded(.distinctNames, 2), at: 8)
        )
    }

    @Test("stop a bomb of nested elements at its first octets")
    func bomb() {
        var octets = [UInt8](repeating: 0x3C, count: 8 << 20)
        for index in 0..<1000 { octets.replaceSubrange(index * 3..<index * 3 + 3, with: "<a>".utf8) }
        #expect(scanError(octets) == XMLError(.limitExceeded(.depth, 256), at: 768))
    }

    @Test("let nesting be as deep as they say without costing stack")
    func deep() throws {
        let depth = 50_000
        let text = String(repeating: "<a>", count: depth) + String(repeating: "</a>", count: depth)
        let document = try scan(text, limits: limits { $0.depth = depth })
        #expect(document.canonicalOctets(of: document.root, by: Canonicalization()) == [UInt8](text.utf8))
        #expect(document.text(of: document.root) == "")
    }

    @Test("hold many attributes and names in linear time")
    func wide() throws {
        let attributes = (0..<20_000).map { " a\($0)='\($0)'" }.joined()
        let wide = limits {
            $0.attributesPerElement = 20_000
            $0.distinctNames = 20_001
        }
        let document = try scan("<a\(attributes)/>", limits: wide)
        #expect(document.attributes(of: document.root).count == 20_000)
        #expect(scanError([UInt8]("<a\(attributes) a7=''/>".utf8), limits: wide) != nil)
    }
}
