import Testing

@testable import XML

@Suite("Memory of tables and large arrays", .serialized)
struct TableMemoryTests {
    @Test("a large block serves the next table, with what was in a smaller one when that grows")
    func blocks() {
        var column = Column<UInt32>(capacity: 100)
        for number in 0..<UInt32(100_000) { column.append(number) }
        #expect((0..<100_000).allSatisfy { column[$0] == UInt32($0) })
        let count = 7 << 20
        let first = TableMemory.take(count)
        TableMemory.release(first)
        let second = TableMemory.take(count)
        #expect(first.baseAddress == second.baseAddress || second.count >= count)
        TableMemory.release(second)
        TableMemory.release(TableMemory.take(TableMemory.mostKept + 1))
    }

    @Test("an array that was given back has been overwritten")
    func arrays() {
        var octets = ReusableOctets.take(count: 300_000)
        #expect(octets.count == 300_000)
        octets.withUnsafeMutableBufferPointer { $0.update(repeating: 0x53) }
        let shared = octets
        ReusableOctets.give(octets)
        #expect(shared.allSatisfy { $0 == 0x53 })
        let next = ReusableOctets.take(count: 250_000)
        #expect(next.count == 250_000 && next.allSatisfy { $0 == 0 })
        #expect(ReusableOctets.take(roomFor: 10).isEmpty)
    }

    @Test("names of the standards mean in every document what they mean in the first")
    func names() throws {
        for _ in 0..<3 {
            let document = try scan(
                "<ds:Id xmlns:ds='urn:other' wsse='1'><wsu:Id xmlns:wsu='urn:1'/><Signature/></ds:Id>"
            )
            #expect(document.name(of: document.root) == ExpandedName("Id", in: "urn:other"))
            let children = Array(document.elements(in: document.root))
            #expect(document.name(of: children[0]) == ExpandedName("Id", in: "urn:1"))
            #expect(document.name(of: children[1]) == ExpandedName("Signature"))
        }
        #expect(scanError([UInt8]("<ds:Signature/>".utf8))?.kind == .unboundPrefix("ds"))
        #expect(scanError([UInt8]("<a xmlns:wsse='urn:1'><b/></a><wsse:Security/>".utf8)) != nil)
    }
}
