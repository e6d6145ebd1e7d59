import Synchronization
import Testing
import WSSecurity

@Suite("No private key is used for a message that the policy refuses by its looks")
struct OrderAttackTests {
    /// Keys that count how often one to decrypt with is asked for.
    private final class Counting: TrustedKeys {
        private let known: StaticTrustedKeys
        private let asked = Mutex(0)

        init() throws { known = try Fixtures.keys() }

        var count: Int { asked.withLock { $0 } }

        func verificationCertificates(for hint: KeyHint) -> [Certificate] { known.verificationCertificates(for: hint) }

        func decryptionKeys(for hint: KeyHint) -> [DecryptionKey] {
            asked.withLock { $0 += 1 }
            return known.decryptionKeys(for: hint)
        }
    }

    /// The fault, and whether a key to decrypt with was asked for.
    private static func fault(_ message: String, _ policy: InboundPolicy) throws -> (SecurityFault?, hasAsked: Bool) {
        let keys = try Counting()
        do throws(SecurityFault) {
            _ = try MessageProcessor(policy: policy, keys: keys).process(Array(message.utf8), receivedAt: Fixtures.now)
            return (nil, keys.count > 0)
        } catch {
            return (error, keys.count > 0)
        }
    }

    private static func message(_ order: ProtectionOrder) throws -> String {
        try Specimen(EncryptionSettings(), order: order).text
    }

    @Test("ciphertext before the signature, where signatures must be verified first: no oracle for who cannot sign")
    func decryptedFirst() throws {
        let policy = InboundPolicy(signed: [.body, .timestamp], encrypted: [.body], order: .encryptThenSign)
        let accepted = try Self.fault(Self.message(.encryptThenSign), policy)
        #expect(accepted.0 == nil && accepted.hasAsked)
        let refused = try Self.fault(Self.message(.signThenEncrypt), policy)
        #expect(refused.0?.cause.contains("decrypting comes before a signature") == true && !refused.hasAsked)
    }

    @Test("one more signature after decrypting, where signatures must come before")
    func signedAfterwards() throws {
        let policy = InboundPolicy(signed: [.body, .timestamp], encrypted: [.body], order: .encryptThenSign)
        let sender = try Fixtures.sender.get()
        let message = try Self.message(.encryptThenSign)
        let id = try #require(message.element("wsu:Timestamp")?.value(of: "wsu:Id"))
        let signed = try HandMade.signed(
            message,
            over: [id],
            by: .pair(sender),
            keyInfo: HandMade.thumbprint(sender.certificate)
        )
        var either = policy
        either.order = nil
        #expect(try Self.fault(signed, either).0 == nil)
        let fault = try Self.fault(signed, policy).0
        #expect(fault?.code == .invalidSecurity && fault?.cause.contains("a signature comes after decrypting") == true)
    }

    @Test("a Body in the clear beside an encrypted header block")
    func clearBody() throws {
        let settings = EncryptionSettings(parts: [Fixtures.messageID])
        let octets = try Fixtures.protected(Specimen.plain, SignatureSettings(), settings)
        let message = String(decoding: octets, as: UTF8.self)
        let accepted = try Self.fault(message, InboundPolicy(encrypted: [Fixtures.messageID]))
        #expect(accepted.0 == nil && accepted.hasAsked)
        let refused = try Self.fault(message, InboundPolicy(encrypted: [.body]))
        #expect(refused.0?.cause.contains("content of Body is not xenc:EncryptedData") == true && !refused.hasAsked)
    }
}
