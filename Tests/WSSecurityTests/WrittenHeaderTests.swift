import Cryptography
import Foundation
import Testing
import WSSecurity
import XML

@Suite("The Security header is laid out as the settings say")
struct WrittenHeaderTests {
    private static func written(
        _ layout: HeaderLayout,
        _ order: ProtectionOrder = .signThenEncrypt,
        confirmations: [[UInt8]]? = nil,
        parts: [MessagePart] = [.body, .timestamp]
    ) throws -> WrittenMessage {
        var protection = try Fixtures.protection(
            SignatureSettings(parts: parts),
            EncryptionSettings(keyReference: .binarySecurityToken),
            order: order
        )
        protection.layout = layout
        protection.confirmations = confirmations
        return try WrittenMessage(MessageProtector(protection).protect(Fixtures.envelope(), now: Fixtures.now))
    }

    @Test("strictly: what is used stands before its use")
    func strict() throws {
        #expect(
            try Self.written(.strict).children == [
                "Timestamp", "BinarySecurityToken", "EncryptedKey", "BinarySecurityToken", "Signature",
            ]
        )
        #expect(
            try Self.written(.strict, .encryptThenSign).children == [
                "Timestamp", "BinarySecurityToken", "Signature", "BinarySecurityToken", "EncryptedKey",
            ]
        )
    }

    @Test("with the timestamp last or first", arguments: ProtectionOrder.allCases)
    func timestamps(_ order: ProtectionOrder) throws {
        let last = try Self.written(.laxTimestampLast, order)
        #expect(last.children.last == "Timestamp")
        #expect(last.children.filter { $0 == "Timestamp" }.count == 1)
        #expect(last.targets().contains("Timestamp"))
        let result = try Fixtures.process(last.document.octets, InboundPolicy(encrypted: [.body]))
        #expect(result.signatures.map(\.parts) == [[.body, .timestamp]])
        #expect(try Self.written(.laxTimestampFirst, order).children.first == "Timestamp")
        #expect(try Self.written(.lax, order).children.first == "Timestamp")
    }

    @Test("with the timestamp behind what an extended header held already")
    func extended() throws {
        let token = OutboundProtection(
            signature: (SignatureSettings(parts: [.body]), try Fixtures.sender.get().credential),
            timestampLifetime: nil
        )
        var outer = try Fixtures.protection(SignatureSettings(parts: [.timestamp]), nil)
        outer.layout = .laxTimestampLast
        outer.extendsHeader = true
        let octets = try [token, outer]
            .reduce(Fixtures.envelope()) { try MessageProtector($1).protect($0, now: Fixtures.now) }
        let message = try WrittenMessage(octets)
        #expect(
            message.children == ["BinarySecurityToken", "Signature", "BinarySecurityToken", "Signature", "Timestamp"]
        )
        let result = try Fixtures.process(octets, InboundPolicy(signed: [.body, .timestamp]))
        #expect(result.signatures.map(\.parts) == [[.timestamp], [.body]])
    }

    @Test("with a signed confirmation for each signature of the request, or one without value")
    func confirmations() throws {
        let values: [[UInt8]] = [[1, 2, 3], [4]]
        let parts: [MessagePart] = [.body, .timestamp, .signatureConfirmation]
        let two = try Self.written(.strict, confirmations: values, parts: parts)
        let confirmations = two.all("SignatureConfirmation")
        #expect(confirmations.map { two.attribute("Value", of: $0) } == ["AQID", "BA=="])
        #expect(
            two.targets() == ["Body", "Timestamp", "SignatureConfirmation", "SignatureConfirmation"]
        )
        let none = try Self.written(.strict, confirmations: [], parts: parts)
        #expect(none.all("SignatureConfirmation").map { none.attribute("Value", of: $0) } == [nil])
        var policy = InboundPolicy(encrypted: [.body])
        policy.confirmations = Set(values)
        policy.layout = .strict
        let result = try Fixtures.process(two.document.octets, policy)
        #expect(result.signatures.count == 1)
        #expect(throws: SecurityFault.self) { try Self.written(.strict, parts: parts) }
    }
}
