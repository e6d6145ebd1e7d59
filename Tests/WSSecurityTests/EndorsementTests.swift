import Foundation
import Testing
import WSSecurity

@Suite("Endorsers' signatures count for what they endorse, and for nothing else")
struct EndorsementTests {
    /// A policy that demands an endorsement of the signature by the owner of `Fixtures.curve256`.
    private static func policy(of parts: Set<MessagePart> = [.signature]) throws -> InboundPolicy {
        var policy = InboundPolicy()
        policy.endorsement = EndorsementDemand(by: [try Fixtures.curve256.get().certificate], of: parts)
        return policy
    }

    private static func message(
        endorsing parts: [MessagePart]?,
        change: (inout OutboundProtection) throws -> Void = { _ in }
    ) throws -> ProtectedMessage {
        var protection = try Fixtures.protection(SignatureSettings(), nil)
        if let parts {
            let settings = SignatureSettings(keyReference: .thumbprint, parts: parts)
            protection.furtherSignatures = [(settings, try Fixtures.curve256.get().credential)]
        }
        try change(&protection)
        return try MessageProtector(protection).protectedMessage(of: Fixtures.envelope(), now: Fixtures.now)
    }

    @Test(
        "what they must have signed is demanded, all of it by one of them",
        arguments: [
            ([.signature], [.signature], true), ([.signature, .body], [.signature, .body], true),
            ([.body], [.signature], false), ([.signature], [.signature, .body], false), (nil, [.signature], false),
            ([.timestamp], [.timestamp], true), ([.signature, .signatureToken], [.signature, .signatureToken], true),
            ([.signature], [.signature, .signatureToken], false),
        ] as [([MessagePart]?, Set<MessagePart>, Bool)]
    )
    func demanded(parts: [MessagePart]?, of demanded: Set<MessagePart>, isAccepted: Bool) throws {
        let message = try Self.message(endorsing: parts).octets
        let policy = try Self.policy(of: demanded)
        if isAccepted {
            #expect(try Fixtures.process(message, policy).signatures.count == 2)
        } else {
            let fault = #expect(throws: SecurityFault.self) { try Fixtures.process(message, policy) }
            #expect(fault?.code == .invalidSecurity && fault?.cause.contains("no endorser") == true)
        }
    }

    @Test("a part that only an endorser signed is not signed")
    func inPlace() throws {
        let divided = try Self.message(endorsing: [.body, .signature]) { $0.signature?.settings.parts = [.timestamp] }
        #expect(try Fixtures.process(divided.octets).signatures.count == 2)
        let fault = #expect(throws: SecurityFault.self) { try Fixtures.process(divided.octets, Self.policy()) }
        #expect(fault?.cause.contains("body is not covered") == true)
        let itself = try Self.message(endorsing: nil) {
            $0.signature?.credential = try Fixtures.curve256.get().credential
        }
        #expect(throws: SecurityFault.self) { try Fixtures.process(itself.octets, Self.policy()) }
    }

    @Test("the values of all signatures are handed out for the response to confirm")
    func values() throws {
        let message = try Self.message(endorsing: [.signature]) {
            $0.encryption = (EncryptionSettings(parts: [.body, .signature]), try Fixtures.receiver.get().certificate)
        }
        let result = try Fixtures.process(message.octets)
        #expect(message.signatureValues == result.signatures.map(\.value) && message.signatureValues.count == 2)
    }
}
