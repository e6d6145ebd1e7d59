import TestSupport
import Testing
import WSSecurity
import XML

@Suite("However the elements of a protected message are rearranged, nothing unsigned passes for signed")
struct RearrangementTests {
    static let rounds = 60

    @Test("random removals, copies, moves, wrappings and replacements of elements, with seeds", arguments: 0..<6)
    func rearranged(_ number: Int) throws {
        var generator = SeededGenerator(seed: 0x3EA4_4A46_0000 + UInt64(number))
        let order = ProtectionOrder.allCases[number % 2]
        let isEncrypted = number < 4
        let parts: [MessagePart] = [.body, .timestamp, Fixtures.messageID]
        let message = try Fixtures.protected(
            Fixtures.envelope(),
            SignatureSettings(parts: parts),
            isEncrypted ? EncryptionSettings() : nil,
            order: order
        )
        let policy = InboundPolicy(signed: Set(parts), encrypted: isEncrypted ? [.body] : [])
        for round in 0..<Self.rounds {
            var changed = message
            for _ in 0...Int.random(in: 0...2, using: &generator) {
                changed = try Self.rearranged(changed, &generator) ?? changed
            }
            guard let result = try? Fixtures.process(changed, policy) else { continue }
            let place = "seed \(generator.seed), round \(round)"
            #expect(String(decoding: result.body, as: UTF8.self) == Fixtures.order, "\(place)")
            #expect(try SOAPEnvelope(result.envelope).messageID == "urn:uuid:1", "\(place)")
        }
    }

    /// One change of the tree; `nil` when the octets are no document any more.
    private static func rearranged(_ octets: [UInt8], _ generator: inout SeededGenerator) throws -> [UInt8]? {
        guard let document = try? XMLDocument(scanning: octets) else { return nil }
        let elements = Array(document.descendants(of: document.root))
        guard let one = elements.randomElement(using: &generator), let other = elements.randomElement(using: &generator)
        else { return nil }
        let range = document.range(of: one)
        let copy = Array(octets[range])
        let target = document.range(of: other)
        let insertion = Bool.random(using: &generator) ? target.lowerBound : document.contentRange(of: other).lowerBound
        switch Int.random(in: 0..<6, using: &generator) {
        case 0: return document.applying([XMLEdit(range: range, replacement: [])])
        case 1: return document.applying([XMLEdit(inserting: copy, at: insertion)])
        case 2:
            return document.applying([XMLEdit(range: range, replacement: []), XMLEdit(inserting: copy, at: insertion)])
        case 3:
            let wrapped = Array("<w:w xmlns:w=\"urn:w\">".utf8) + copy + Array("</w:w>".utf8)
            return document.applying([XMLEdit(range: range, replacement: wrapped)])
        case 4: return document.applying([XMLEdit(range: target, replacement: copy)])
        default:
            let evil = Self.replacements.randomElement(using: &generator) ?? ""
            return document.applying([
                XMLEdit(inserting: copy, at: insertion), XMLEdit(range: range, replacement: Array(evil.utf8)),
            ])
        }
    }

    private static let replacements = [
        "<soap:Body>EVIL</soap:Body>", "<evil/>", "<soap:Header/>",
        "<wsse:Security xmlns:wsse=\"\(WrappingTests.wsse)\"/>",
        "<wsa:MessageID xmlns:wsa=\"http://www.w3.org/2005/08/addressing\">EVIL</wsa:MessageID>", "EVIL",
        "<!-- EVIL -->",
    ]
}
