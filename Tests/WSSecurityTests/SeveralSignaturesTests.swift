import Cryptography
import TestSupport
import Testing
import WSSecurity

@Suite("Several signatures: endorsements, shared keys, confirmations")
struct SeveralSignaturesTests {
    @Test("an endorsing signature covers the primary one; without it, or over another one, the message is refused")
    func endorsing() throws {
        let signer = try Fixtures.sender.get()
        let other = try Fixtures.receiver.get()
        let keys = StaticTrustedKeys(verifying: [signer.certificate, other.certificate])
        let primary = try HandMade.signed(
            HandMade.envelope(""),
            by: .pair(signer),
            keyInfo: HandMade.thumbprint(signer.certificate)
        )
        let endorsed = try HandMade.signed(
            primary,
            id: "END",
            over: ["SIG"],
            by: .pair(other),
            keyInfo: HandMade.thumbprint(other.certificate)
        )
        let policy = InboundPolicy(signed: [.body, .signature], requiresTimestamp: false)
        let result = try HandMade.process(endorsed, policy, keys)
        #expect(result.signatures.map(\.parts) == [[.body], [.signature]])
        #expect(result.signatures.map(\.certificate) == [signer.certificate, other.certificate])
        #expect(try HandMade.fault(primary, policy, keys)?.code == .invalidSecurity)
        let stranger = StaticTrustedKeys(verifying: [signer.certificate])
        #expect(try HandMade.fault(endorsed, policy, stranger)?.outward.code == .failedCheck)
        let signature = try #require(endorsed.element("ds:Signature"))
        let before = endorsed.replacing(signature, with: "")
            .replacing("</wsse:Security>", with: signature + "</wsse:Security>")
        #expect(try HandMade.fault(before, policy, keys) == nil)
        var strict = policy
        strict.layout = .strict
        #expect(try HandMade.fault(before, strict, keys)?.code == .invalidSecurity)
        #expect(try HandMade.fault(endorsed, strict, keys) == nil)
        let value = try #require(signature.element("ds:SignatureValue"))
        #expect(
            try HandMade.fault(endorsed.replacing(value, with: value.replacing("</", with: " </")), policy, keys) != nil
        )
    }

    @Test("an HMAC is verified with the shared key that it names, and counts where the policy names that key")
    func sharedKey() throws {
        let secret = Array("a secret of at least 32 octets!!".utf8)
        let keys = StaticTrustedKeys(sharedKeys: [SharedKey(name: "orders", octets: secret)])
        let message = try HandMade.signed(
            HandMade.envelope(""),
            by: .secret(secret),
            keyInfo: "<ds:KeyName>orders</ds:KeyName>"
        )
        var policy = InboundPolicy.signedBody
        #expect(try HandMade.fault(message, policy, keys)?.code == .unsupportedAlgorithm)
        policy.signatureAlgorithms.insert(.hmac(.sha256))
        #expect(try HandMade.fault(message, policy, keys)?.code == .invalidSecurity)
        policy.acceptedSharedKeys = ["orders"]
        let result = try HandMade.process(message, policy, keys)
        #expect(result.signatures.first?.signer == .sharedKey(name: "orders"))
        #expect(result.signatures.first?.certificate == nil)
        let changed = message.replacing("4711", with: "4712")
        #expect(try HandMade.fault(changed, policy, keys)?.code == .failedCheck)
        let others = StaticTrustedKeys(sharedKeys: [SharedKey(name: "orders", octets: secret.reversed())])
        #expect(try HandMade.fault(message, policy, others)?.code == .failedCheck)
        #expect(try HandMade.fault(message, policy)?.code == .securityTokenUnavailable)
    }

    @Test("a certificate's public key is never the secret of an HMAC")
    func publicKeyAsSecret() throws {
        let certificate = try Fixtures.sender.get().certificate
        var policy = InboundPolicy.signedBody
        policy.signatureAlgorithms.insert(.hmac(.sha256))
        for secret in [certificate.publicKey.spki, certificate.der] {
            let message = try HandMade.signed(
                HandMade.envelope(""),
                by: .secret(secret),
                keyInfo: HandMade.thumbprint(certificate)
            )
            #expect(try HandMade.fault(message, policy)?.code == .securityTokenUnavailable)
        }
    }

    @Test("a response confirms exactly the request's signatures, and the confirmations are signed")
    func confirmations() throws {
        let values: [[UInt8]] = [[1, 2, 3], [4, 5, 6]]
        let message = try Self.confirming(values.map(Base64.encode))
        var policy = InboundPolicy.signedBody
        #expect(try HandMade.fault(message, policy) == nil)
        for (expected, isFit) in [
            (Set(values), true), ([values[0]], false), ([values[0], [7]], false), (Set(values).union([[7]]), false),
            ([], false),
        ] {
            policy.confirmations = expected
            #expect((try HandMade.fault(message, policy) == nil) == isFit)
        }
        policy.confirmations = []
        #expect(try HandMade.fault(Self.confirming([nil]), policy) == nil)
        #expect(try HandMade.fault(Self.confirming([]), policy)?.code == .invalidSecurity)
        policy.confirmations = Set(values)
        let unsigned = try Self.confirming(values.map(Base64.encode), isSigned: false)
        #expect(try HandMade.fault(unsigned, policy)?.code == .invalidSecurity)
        policy.signed = [.body, .signatureConfirmation]
        #expect(try HandMade.fault(message, policy) == nil)
    }

    private static func confirming(_ values: [String?], isSigned: Bool = true) throws -> String {
        let pair = try Fixtures.sender.get()
        let elements = values.enumerated()
            .map { number, value in
                "<wsse11:SignatureConfirmation wsu:Id=\"SC-\(number)\"" + (value.map { " Value=\"\($0)\"" } ?? "")
                    + "/>"
            }
        return try HandMade.signed(
            HandMade.envelope(elements.joined()),
            over: ["body"] + (isSigned ? values.indices.map { "SC-\($0)" } : []),
            by: .pair(pair),
            keyInfo: HandMade.thumbprint(pair.certificate)
        )
    }
}
