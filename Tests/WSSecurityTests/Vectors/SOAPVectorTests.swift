import Cryptography
import FoundationEssentials
import TestSupport
import Testing
import WSSecurity

@Suite("SOAP messages of other stacks come out as Tests/Vectors/soap/OUTCOME.tsv says")
struct SOAPVectorTests {
    static let rows = Result { try Vectors.rows("soap/OUTCOME.tsv") }

    @Test("each of the table", arguments: try rows.get())
    func message(_ row: [String]) throws {
        #expect(try Self.outcome(row) == row[3], "\(row[0])")
    }

    private static func outcome(_ row: [String]) throws -> String {
        let message = try Vectors.octets("soap/" + row[0])
        var policy = Self.policy
        policy.actor = Self.actor(in: message)
        let processor = try MessageProcessor(policy: policy, keys: Self.keys())
        do throws(SecurityFault) {
            return Self.words(try processor.process(message, receivedAt: DateTimeText.date(row[1])))
        } catch {
            return "\(error.code): \(error.cause)"
        }
    }

    @Test("what WSS4J refuses is accepted nowhere, and what differs says why")
    func consistent() throws {
        for row in try Self.rows.get() {
            let isAccepted = row[3].hasPrefix("signed") || row[3].hasPrefix("accepted") || row[3].hasPrefix("encrypted")
            #expect(row[2] == "accepted" || !isAccepted, "\(row[0])")
            #expect((row[2] == "accepted") == isAccepted || row.count == 5 && !row[4].isEmpty, "\(row[0])")
        }
    }

    /// What was covered.
    private static func words(_ message: ProcessedMessage) -> String {
        let signed = Set(message.signatures.flatMap(\.parts)).map(\.description).sorted()
        let encrypted = Set(message.decryptions.flatMap(\.parts)).map(\.description).sorted()
        let parts = [("signed", signed), ("encrypted", encrypted)].filter { !$0.1.isEmpty }
        return parts.isEmpty
            ? "accepted" : parts.map { "\($0.0) \($0.1.joined(separator: ", "))" }.joined(separator: "; ")
    }

    /// Whom the message's header is for.
    private static func actor(in message: [UInt8]) -> String? {
        String(decoding: message, as: UTF8.self).firstMatch(of: #/:actor="([^"]+)"/#).map { String($0.output.1) }
    }

    /// Clocks may differ by two days: some messages are older than the certificate that signed them.
    private static let policy: InboundPolicy = {
        var policy = InboundPolicy(signed: [], requiresTimestamp: false, clockSkew: .seconds(172_800))
        policy.allowsForeignIdentifiers = true
        policy.signatureAlgorithms = Set(SignatureMethod.allCases)
        policy.digestAlgorithms = Set(DigestAlgorithm.allCases)
        policy.encryptionAlgorithms = Set(EncryptionMethod.allCases)
        policy.usernameToken = UsernameTokenDemand(
            isRequired: false,
            forms: [.text, .digest],
            requiresNonce: false,
            requiresCreated: false
        )
        let masks = DigestAlgorithm.allCases
        let oaep: [KeyTransportMethod] = masks.flatMap { digest in
            [KeyTransportMethod.rsaOAEPMGF1P(digest: digest)] + masks.map { .rsaOAEP(digest: digest, mgf: $0) }
        }
        policy.keyTransports = Set(oaep).union([.rsa15])
        return policy
    }()

    private static func keys() throws -> StaticTrustedKeys {
        let pairs = try ["cxf", "rampart-alice", "rampart-bob"].map { try Fixtures.Pair.vector(in: "soap/keys", $0) }
        let signers = try ["cxf-alice", "ebeigarts", "signxml"]
            .map { name in
                try Certificate(pem: String(decoding: Vectors.octets("soap/keys/\(name).crt.pem"), as: UTF8.self))
            }
        return StaticTrustedKeys(
            verifying: pairs.map(\.certificate) + signers,
            decrypting: pairs.map(\.decryption),
            passwords: [
                SharedKey(name: "Alice", password: "abcd!1234"), SharedKey(name: "alice", password: "password"),
            ]
        )
    }
}
