import Cryptography
import FoundationEssentials
import TestSupport
import Testing
import WSSecurity

@Suite("A UsernameToken authenticates a user by text or digest, once it is asked for")
struct UsernameTokenTests {
    @Test("WSS4J's tokens", arguments: ["ut-digest", "ut-text"])
    func foreign(_ file: String) throws {
        let message = String(decoding: try Vectors.octets("generated/wss4j/\(file).xml"), as: UTF8.self)
        let form: UsernameTokenDemand.PasswordForm = file == "ut-text" ? .text : .digest
        var policy = InboundPolicy(signed: [])
        #expect(try Self.fault(message, policy)?.code == .unsupportedSecurityToken)
        policy.usernameToken = UsernameTokenDemand(forms: [form], requiresNonce: false, requiresCreated: false)
        let token = try Self.process(message, policy).usernameToken
        #expect(token?.name == "alice" && token?.form == form && token?.nonce != nil)
        let wrong = try Self.fault(message, policy, password: "Secret")
        #expect(wrong?.code == .failedAuthentication && wrong?.outward.code == .failedCheck)
        let stranger = message.replacing("<wsse:Username>alice", with: "<wsse:Username>mallory")
        #expect(try Self.fault(stranger, policy)?.cause == wrong?.cause)
        policy.usernameToken?.forms = form == .text ? [.digest] : [.text]
        #expect(try Self.fault(message, policy)?.code == .unsupportedSecurityToken)
    }

    @Test("a signed token of WSS4J, covered or changed")
    func signed() throws {
        let message = String(decoding: try Vectors.octets("generated/wss4j/sign-ut-ts.xml"), as: UTF8.self)
        var policy = InboundPolicy(signed: [.body, .timestamp, .usernameToken])
        policy.usernameToken = UsernameTokenDemand()
        let result = try Self.process(message, policy)
        #expect(result.signatures.first?.parts.contains(.usernameToken) == true)
        let changed = message.replacing("</wsse:Username>", with: " </wsse:Username>")
        #expect(try Self.fault(changed, policy)?.outward.code == .failedCheck)
        let unsigned = String(decoding: try Vectors.octets("generated/wss4j/sign-bst.xml"), as: UTF8.self)
        #expect(try Self.fault(unsigned, policy)?.code == .invalidSecurity)
        let other = String(decoding: try Vectors.octets("generated/wss4j/ut-digest.xml"), as: UTF8.self)
        let foreign = try #require(other.element("wsse:UsernameToken"))
        let own = try #require(message.element("wsse:UsernameToken"))
        #expect(try Self.fault(message.replacing(own, with: foreign), policy) != nil)
    }

    @Test("a user is known as well from a message that is processed as a stream")
    func streamed() throws {
        let message = String(decoding: try Vectors.octets("generated/wss4j/ut-digest.xml"), as: UTF8.self)
        var policy = InboundPolicy(signed: [])
        policy.usernameToken = UsernameTokenDemand()
        let token = try HandMade.streamed(message, policy, Self.keys("secret"), at: Self.receivedAt).usernameToken
        #expect(try token?.name == "alice" && token == Self.process(message, policy).usernameToken)
    }

    @Test("every change of nonce, moment or digest is noticed")
    func tampered() throws {
        let message = String(decoding: try Vectors.octets("generated/wss4j/ut-digest.xml"), as: UTF8.self)
        var policy = InboundPolicy(signed: [])
        policy.usernameToken = UsernameTokenDemand()
        #expect(try Self.fault(message, policy) == nil)
        for (old, new) in [
            ("RYNfsGFo", "RYNfsGFp"), ("01:43:08.450Z", "01:43:08.451Z"), (">tZUGQyJh", ">uZUGQyJh"),
            ("<wsse:Nonce", "<wsse:Salt"), ("#PasswordDigest", "#PasswordText"), ("#PasswordDigest", "#PasswordOther"),
            ("<wsu:Created>2026-11-21T01:43:08.450Z</wsu:Created></wsse:U", "</wsse:U"),
            ("</wsse:UsernameToken>", "<wsse:Username>bob</wsse:Username></wsse:UsernameToken>"),
            (
                "</wsse:UsernameToken>",
                "<wsse11:Iteration xmlns:wsse11=\"urn:x\">1</wsse11:Iteration></wsse:UsernameToken>"
            ),
        ] {
            let changed = message.replacing(old, with: new)
                .replacing("</wsse:Nonce>", with: new == "<wsse:Salt" ? "</wsse:Salt>" : "</wsse:Nonce>")
            #expect(changed != message)
            #expect(try Self.fault(changed, policy) != nil, "\(new)")
        }
        let token = try #require(message.element("wsse:UsernameToken"))
        let second = token.replacing("wsu:Id=\"Username", with: "wsu:Id=\"Second")
        #expect(try Self.fault(message.replacing(token, with: token + second), policy)?.code == .invalidSecurity)
    }

    @Test("a token that is too old or from the future, or without what is demanded")
    func freshness() throws {
        let message = String(decoding: try Vectors.octets("generated/wss4j/ut-digest.xml"), as: UTF8.self)
        var policy = InboundPolicy(signed: [], maximumAge: .seconds(86_400))
        policy.usernameToken = UsernameTokenDemand(maximumAge: .seconds(300))
        let created = DateTimeText.date("2026-11-21T01:43:08.450Z")
        for (offset, isFresh) in [(0.0, true), (359, true), (361, false), (-59, true), (-61, false)] {
            let fault = try Self.fault(message, policy, at: created.addingTimeInterval(offset))
            #expect(fault == nil || fault?.code == .messageExpired)
            #expect((fault == nil) == isFresh, "\(offset)")
        }
        let text = String(decoding: try Vectors.octets("generated/wss4j/ut-text.xml"), as: UTF8.self)
        policy.usernameToken = UsernameTokenDemand(forms: [.text])
        let token = try #require(text.element("wsse:UsernameToken"))
        for part in [try #require(token.element("wsse:Nonce")), try #require(token.element("wsu:Created"))] {
            let bare = text.replacing(token, with: token.replacing(part, with: ""))
            #expect(try Self.fault(bare, policy)?.code == .invalidSecurityToken)
        }
    }

    @Test("a nonce is taken once from each user")
    func replayed() throws {
        let message = try Vectors.octets("generated/wss4j/ut-digest.xml")
        var policy = InboundPolicy(signed: [])
        policy.usernameToken = UsernameTokenDemand()
        let cache = MemoryReplayCache()
        let processor = try MessageProcessor(policy: policy, keys: Self.keys("secret"), replayCache: cache)
        _ = try processor.process(message, receivedAt: Self.receivedAt)
        do throws(SecurityFault) {
            _ = try processor.process(message, receivedAt: Self.receivedAt)
            Issue.record("accepted twice")
        } catch {
            #expect(error.code == .failedCheck && error.cause.contains("replay"))
        }
    }

    private static let receivedAt = ForeignMessageTests.receivedAt

    private static func keys(_ password: String) throws -> StaticTrustedKeys {
        StaticTrustedKeys(
            verifying: [try Fixtures.Pair.vector("alice-rsa2048").certificate],
            passwords: [SharedKey(name: "alice", password: password)]
        )
    }

    private static func process(_ message: String, _ policy: InboundPolicy) throws -> ProcessedMessage {
        try HandMade.process(message, policy, keys("secret"), at: receivedAt)
    }

    private static func fault(
        _ message: String,
        _ policy: InboundPolicy,
        password: String = "secret",
        at moment: Date = receivedAt
    ) throws -> SecurityFault? {
        try HandMade.fault(message, policy, keys(password), at: moment)
    }
}
