import Testing
import WSSecurity

@Suite("Floods are refused by limits")
struct FloodTests {
    @Test("a bomb of nested elements of 30 MB, in header and body")
    func depth() throws {
        let bomb = [UInt8](repeating: 0, count: 0) + Self.repeated("<e>", 10_000_000)
        let start = "<s:Envelope xmlns:s=\"\(SOAPVersion.soap11.namespace)\"><s:"
        for place in ["Header>", "Body>"] { try expectMalformed(Array((start + place).utf8) + bomb) }
    }

    @Test("more octets than the limit")
    func octets() throws {
        try expectMalformed(Self.repeated("<e/>", 9_000_000))
    }

    @Test("more nodes, attributes or names than the limits")
    func nodes() throws {
        let start = Array("<s:Envelope xmlns:s=\"\(SOAPVersion.soap11.namespace)\"><s:Body>".utf8)
        try expectMalformed(start + Self.repeated("<e/>", 3_000_000))
        let attributes = (0..<50_000).map { " a\($0)=''" }.joined()
        try expectMalformed(start + Array("<e\(attributes)/>".utf8))
        let names = (0..<50_000).map { "<n\($0)/>" }.joined()
        try expectMalformed(start + Array(names.utf8))
        let bindings = (0..<50_000).map { " xmlns:p\($0)='u'" }.joined()
        try expectMalformed(start + Array("<e\(bindings)/>".utf8))
    }

    @Test("a header of thousands of tokens")
    func tokens() throws {
        let tokens = String(repeating: "<wsse:BinarySecurityToken/>", count: 5000)
        let message = TimestampTests.message(tokens)
        #expect(try Fixtures.fault(of: message, InboundPolicy(signed: []))?.code == .invalidSecurity)
    }

    private static func repeated(_ text: String, _ count: Int) -> [UInt8] {
        let unit = Array(text.utf8)
        return [UInt8](unsafeUninitializedCapacity: unit.count * count) { buffer, initializedCount in
            for index in 0..<unit.count * count { buffer[index] = unit[index % unit.count] }
            initializedCount = unit.count * count
        }
    }

    private func expectMalformed(_ message: [UInt8]) throws {
        let processor = try MessageProcessor(policy: InboundPolicy(), keys: Fixtures.keys())
        #expect { try processor.process(message, receivedAt: Fixtures.now) } throws: {
            ($0 as? SecurityFault)?.code == .malformedMessage
        }
    }
}
