import Cryptography
import FoundationEssentials
import TestSupport
import Testing
import WSSecurity

@Suite("The attacks of Tests/Vectors/attacks get what their index says")
struct AttackVectorTests {
    /// What must come out, with the policy that a careful receiver of that message has.
    struct Expectation: Sendable {
        let file: String
        /// `nil` = accepted.
        let code: SecurityFault.Code?
        var policy = InboundPolicy(maximumAge: .seconds(3600))

        static let signedOnly: [Expectation] = [
            Expectation(file: "00-valid-signed.xml", code: nil),
            Expectation(file: "xsw01-body-in-header-wrapper.xml", code: .invalidSecurity),
            Expectation(file: "xsw03-body-in-signature-object.xml", code: .invalidSecurity),
            Expectation(file: "xsw05-duplicate-id-nested.xml", code: .invalidSecurity),
            Expectation(file: "xsw07-two-bodies-evil-first.xml", code: .malformedMessage),
            Expectation(file: "xsw09-id-attr-confusion-plain-Id.xml", code: .invalidSecurity),
            Expectation(file: "xsw11-timestamp-wrapped.xml", code: .invalidSecurity),
            Expectation(file: "xsw13-second-security-header.xml", code: .invalidSecurity),
            Expectation(file: "ts02-only-timestamp-signed-body-changed.xml", code: .invalidSecurity),
            Expectation(file: "sig01-signature-stripped.xml", code: .invalidSecurity),
            Expectation(file: "sig03-comment-in-signed-text.xml", code: nil),
            Expectation(file: "sig05-unsigned-action-changed.xml", code: .invalidSecurity, policy: signedAction),
            Expectation(file: "sig07-sigalg-rsa-md5.xml", code: .unsupportedAlgorithm),
            Expectation(file: "sig09-hmac-truncated-0.xml", code: .invalidSecurity),
            Expectation(file: "ref02-external-file.xml", code: .failedCheck),
            Expectation(file: "ref04-xpath-transform.xml", code: .unsupportedAlgorithm),
            Expectation(file: "ref06-many-references.xml", code: .invalidSecurity),
            Expectation(file: "ref08-xpointer.xml", code: .failedCheck),
            Expectation(file: "str01-duplicate-bst-id.xml", code: .invalidSecurity),
            Expectation(file: "str03-keyvalue-and-str.xml", code: .invalidSecurity),
            Expectation(file: "str05-str-to-str-loop.xml", code: .securityTokenUnavailable),
            Expectation(file: "xml02-billion-laughs.xml", code: .malformedMessage),
            Expectation(file: "xml04-dtd-default-attribute.xml", code: .malformedMessage),
            Expectation(file: "xml06-many-attributes.xml", code: .malformedMessage),
            Expectation(file: "xml08-inclusive-prefixlist-huge.xml", code: .malformedMessage),
        ]

        static let encryptedOnly: [Expectation] = [
            Expectation(file: "00-valid-enc-gcm-oaep.xml", code: nil, policy: encryptedBody),
            Expectation(file: "00-valid-enc-cbc-rsa15.xml", code: .unsupportedAlgorithm, policy: encryptedBody),
            Expectation(file: "enc02-gcm-tag-flipped.xml", code: .failedCheck, policy: encryptedBody),
            Expectation(
                file: "enc04-algorithm-cbc-instead-of-gcm.xml",
                code: .unsupportedAlgorithm,
                policy: encryptedBody
            ),
            Expectation(file: "enc06-duplicate-encrypteddata-id.xml", code: .invalidSecurity, policy: encryptedBody),
            Expectation(file: "enc08-cipherreference-external.xml", code: .invalidSecurity, policy: encryptedBody),
            Expectation(file: "enc10-plain-body-instead.xml", code: .invalidSecurity, policy: encryptedBody),
        ]

        private static let encryptedBody = InboundPolicy(
            signed: [],
            encrypted: [.body],
            maximumAge: .seconds(3600)
        )

        private static let signedAction = InboundPolicy(
            signed: [
                .body, .timestamp,
                .header(namespace: "http://www.w3.org/2005/08/addressing", localName: "Action"),
            ],
            maximumAge: .seconds(3600)
        )
    }

    static let all = Expectation.signedOnly + Expectation.encryptedOnly

    @Test("each of them", arguments: all.map(\.file))
    func attack(_ file: String) throws {
        let expectation = try #require(Self.all.first { $0.file == file })
        let message = try Vectors.octets("attacks/" + file)
        let processor = try MessageProcessor(policy: expectation.policy, keys: Self.keys())
        do throws(SecurityFault) {
            let result = try processor.process(message, receivedAt: Self.receivedAt)
            #expect(expectation.code == nil, "accepted")
            let text = String(decoding: result.body + result.envelope, as: UTF8.self)
            #expect(text.contains("PO-2026-000001") && !text.contains("EVIL"))
        } catch {
            #expect(error.code == expectation.code, "\(error)")
        }
    }

    @Test("a comment in signed text neither truncates the value nor is handed on")
    func commentInText() throws {
        let message = try Vectors.octets("attacks/sig03-comment-in-signed-text.xml")
        let processor = try MessageProcessor(policy: Self.all[0].policy, keys: Self.keys())
        let result = try processor.process(message, receivedAt: Self.receivedAt)
        for octets in [result.body, result.envelope] {
            let text = String(decoding: octets, as: UTF8.self)
            #expect(text.contains("<po:Number>PO-2026-000001</po:Number>"))
            #expect(!text.contains("<!--"))
        }
    }

    @Test("GCM read as CBC fails uniformly even where CBC is allowed")
    func backwardsCompatibility() throws {
        var policy = InboundPolicy(signed: [], encrypted: [.body], maximumAge: .seconds(3600))
        policy.encryptionAlgorithms.formUnion([.aes128CBC, .aes256CBC])
        let message = try Vectors.octets("attacks/enc04-algorithm-cbc-instead-of-gcm.xml")
        let processor = try MessageProcessor(policy: policy, keys: Self.keys())
        do throws(SecurityFault) {
            _ = try processor.process(message, receivedAt: Self.receivedAt)
            Issue.record("accepted")
        } catch {
            #expect(error.outward.code == .failedCheck)
        }
    }

    @Test("the index lists nothing that is not tried here")
    func complete() throws {
        let listed = try Vectors.rows("attacks/INDEX.tsv").compactMap(\.first)
        #expect(Set(listed) == Set(Self.all.map(\.file)))
    }

    static let receivedAt = DateTimeText.date("2026-11-21T01:30:00Z")

    static func keys() throws -> StaticTrustedKeys {
        let alice = try Fixtures.Pair.vector("alice-rsa2048")
        let bob = try Fixtures.Pair.vector("bob-rsa2048")
        return StaticTrustedKeys(verifying: [alice.certificate], decrypting: [bob.decryption])
    }
}
