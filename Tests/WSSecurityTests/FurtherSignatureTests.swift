import Cryptography
import Foundation
import Testing
import WSSecurity
import XML

@Suite("Several signatures in one header")
struct FurtherSignatureTests {
    private static func protection(_ further: SignatureSettings) throws -> OutboundProtection {
        var protection = try Fixtures.protection(SignatureSettings(), nil)
        protection.furtherSignatures = [(further, try Fixtures.curve256.get().credential)]
        return protection
    }

    private static func written(_ protection: OutboundProtection) throws -> WrittenMessage {
        try WrittenMessage(MessageProtector(protection).protect(Fixtures.envelope(), now: Fixtures.now))
    }

    @Test("endorse the primary one, which stands before them", arguments: ProtectionOrder.allCases)
    func endorsing(_ order: ProtectionOrder) throws {
        var protection = try Self.protection(SignatureSettings(parts: [.signature]))
        protection.order = order
        protection.encryption = (EncryptionSettings(), try Fixtures.receiver.get().certificate)
        let message = try Self.written(protection)
        #expect(message.targets(ofSignature: 1) == ["Signature"])
        #expect(message.children.filter { $0 == "Signature" }.count == 2)
        let policy = InboundPolicy(signed: [.body, .timestamp, .signature], encrypted: [.body])
        let result = try Fixtures.process(message.document.octets, policy)
        #expect(
            result.signatures.map(\.certificate) == [
                try Fixtures.sender.get().certificate, try Fixtures.curve256.get().certificate,
            ]
        )
    }

    @Test("cover parts of their own, which have one id for all", arguments: CanonicalizationMethod.allCases)
    func independent(_ canonicalization: CanonicalizationMethod) throws {
        let settings = SignatureSettings(
            canonicalization: canonicalization,
            keyReference: .thumbprint,
            parts: [.body, .timestamp, .signature]
        )
        let message = try Self.written(Self.protection(settings))
        #expect(message.targets(ofSignature: 1) == ["Body", "Timestamp", "Signature"])
        #expect(message.references(ofSignature: 0) == Array(message.references(ofSignature: 1).dropLast()))
        let result = try Fixtures.process(message.document.octets)
        #expect(result.signatures.count == 2)
    }

    @Test("cannot stand without a primary one, and the primary one cannot sign itself")
    func refused() throws {
        var alone = try Self.protection(SignatureSettings(parts: [.body]))
        alone.signature = nil
        #expect(throws: SecurityFault.self) { try Self.written(alone) }
        let itself = try Fixtures.protection(SignatureSettings(parts: [.body, .signature]), nil)
        let fault = #expect(throws: SecurityFault.self) { try Self.written(itself) }
        #expect(fault?.cause.contains("cannot sign itself") == true)
    }

    @Test("need valid certificates, all of them")
    func expired() throws {
        let protection = try Self.protection(SignatureSettings(parts: [.signature]))
        let late = Fixtures.now.addingTimeInterval(86_401)
        #expect(throws: SecurityFault.self) { try MessageProtector(protection).protect(Fixtures.envelope(), now: late) }
    }
}
