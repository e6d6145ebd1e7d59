import Cryptography
import Foundation
import TestSupport
import Testing
import WSSecurity

@Suite("A message that is protected as a stream")
struct StreamedProtectionTests {
    /// The octets of a message that was protected from file to file, and what else is in the folder.
    private static func protected(_ envelope: [UInt8], _ protection: OutboundProtection) throws -> [UInt8] {
        let folder = FileManager.default.temporaryDirectory.appending(path: "rekey-stream-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let input = folder.appending(path: "input")
        let output = folder.appending(path: "output")
        try Data(envelope).write(to: input)
        defer { #expect((try? FileManager.default.contentsOfDirectory(atPath: folder.path).count) ?? 9 <= 2) }
        try MessageProtector(protection).protect(contentsOf: input, to: output, spool: folder, now: Fixtures.now)
        return try [UInt8](Data(contentsOf: output))
    }

    @Test("is read in memory and as a stream", arguments: ProtectionOrder.allCases, SOAPVersion.allCases)
    func roundTrip(order: ProtectionOrder, version: SOAPVersion) throws {
        for algorithm in [EncryptionMethod.aes256GCM, .aes128CBC, nil] {
            let protection = try Fixtures.protection(
                SignatureSettings(parts: [.body, .timestamp, Fixtures.messageID]),
                algorithm.map { EncryptionSettings(algorithm: $0) },
                order: order
            )
            let message = try Self.protected(Fixtures.envelope(version), protection)
            var policy = InboundPolicy(
                signed: [.body, .timestamp, Fixtures.messageID],
                encrypted: algorithm == nil ? [] : [.body]
            )
            policy.encryptionAlgorithms.insert(.aes128CBC)
            let result = try Fixtures.process(message, policy)
            #expect(String(decoding: result.body, as: UTF8.self) == Fixtures.order)
            let expected = try StreamedProcessingTests.inMemory(message, policy)
            #expect(try StreamedProcessingTests.streamed(message, policy) == expected)
        }
    }

    @Test("keeps every octet outside of the Security header, whatever the Body holds")
    func octets() throws {
        let seed: UInt64 = 0x57AE_1001
        var random = SeededGenerator(seed: seed)
        let pieces = [
            "<a/>", "text", "\r\n", "&amp;", "<!-- c -->", "<b c='1'>x</b>", "<![CDATA[]]x]]>", "\u{E4}\u{1F511}",
            "<?p q?>",
        ]
        for _ in 0..<20 {
            let content = (0..<Int.random(in: 0..<12, using: &random))
                .map { _ in pieces.randomElement(using: &random) ?? "" }
            let body = "<s:Body>" + content.joined() + "</s:Body>"
            let envelope = "<s:Envelope xmlns:s='\(SOAPVersion.soap12.namespace)'>\(body)</s:Envelope>"
            let protection = try Fixtures.protection(SignatureSettings(), EncryptionSettings())
            let message = try Self.protected(Array(envelope.utf8), protection)
            let streamed = try StreamedProcessingTests.streamed(message, InboundPolicy(encrypted: [.body]))
            #expect(
                streamed == (try StreamedProcessingTests.inMemory(message, InboundPolicy(encrypted: [.body]))),
                "seed \(seed)"
            )
        }
    }

    @Test("is refused as in memory")
    func refused() throws {
        let protection = try Fixtures.protection()
        func cause(_ envelope: String) throws -> String {
            do {
                _ = try Self.protected(Array(envelope.utf8), protection)
                return ""
            } catch let LargeMessageError.refused(fault) {
                return fault.description
            }
        }
        func expected(_ envelope: String) throws -> String {
            do throws(SecurityFault) {
                _ = try MessageProtector(protection).protect(Array(envelope.utf8), now: Fixtures.now)
                return ""
            } catch {
                return error.description
            }
        }
        let envelope = String(decoding: Fixtures.envelope(), as: UTF8.self)
        for change in [
            "<a/>", "<a", envelope.replacing("<m:note", with: "<x:note"),
            envelope.replacing("soap:Body", with: "soap:Bodi"),
            String(decoding: try Fixtures.protected(), as: UTF8.self),
        ] {
            let fault = try expected(change)
            let actual = try cause(change)
            #expect(actual == fault && !fault.isEmpty)
        }
        let relative = envelope.replacing("urn:test:order", with: "order")
        #expect(try cause(relative).contains("relative namespace URI"))
        #expect(try expected(relative).contains("relative namespace URI"))
    }
}
