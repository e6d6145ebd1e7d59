import Cryptography
import FoundationEssentials
import Testing

@testable import WSSecurity

@Suite("A UsernameToken that was seen on the way is of no use to who saw it")
struct UsernameTokenAttackTests {
    private static let password = "geheim"
    private static let user = "j\u{F6}rg"

    private static var keys: StaticTrustedKeys {
        StaticTrustedKeys(passwords: [SharedKey(name: user, password: password)])
    }

    /// A message with a token whose digest is right, made at `created`.
    private static func message(
        nonce: [UInt8] = SecureRandom.octets(count: 16),
        created: Date = Fixtures.now,
        user: String = user
    ) -> String {
        let moment = DateTime.text(of: created)
        let digest = DigestAlgorithm.sha1.digest(of: nonce + Array((moment + password).utf8))
        return envelope(user, form: "PasswordDigest", Base64.encode(digest), nonce: Base64.encode(nonce), moment)
    }

    private static func envelope(
        _ user: String,
        form: String,
        _ password: String,
        nonce: String,
        _ created: String
    ) -> String {
        let profile = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0#"
        return HandMade.envelope(
            "<wsse:UsernameToken><wsse:Username>\(user)</wsse:Username><wsse:Password Type=\"\(profile)\(form)\">"
                + "\(password)</wsse:Password><wsse:Nonce>\(nonce)</wsse:Nonce><wsu:Created>\(created)</wsu:Created>"
                + "</wsse:UsernameToken>"
        )
    }

    private static func policy(_ forms: Set<UsernameTokenDemand.PasswordForm> = [.digest]) -> InboundPolicy {
        var policy = InboundPolicy.undemanding
        policy.usernameToken = UsernameTokenDemand(forms: forms)
        return policy
    }

    private static func fault(
        _ message: String,
        _ cache: (any ReplayCache)?,
        _ policy: InboundPolicy = policy(),
        at moment: Date = Fixtures.now
    ) throws -> SecurityFault? {
        do throws(SecurityFault) {
            _ = try MessageProcessor(policy: policy, keys: keys, replayCache: cache)
                .process(Array(message.utf8), receivedAt: moment)
            return nil
        } catch {
            return error
        }
    }

    @Test("the nonce again: in another message, with its Base64 or the user's name written otherwise")
    func replayed() throws {
        let cache = MemoryReplayCache()
        let nonce: [UInt8] = Array("0123456789abcdef".utf8)
        let message = Self.message(nonce: nonce)
        #expect(try Self.fault(message, cache) == nil)
        let text = Base64.encode(nonce)
        for changed in [
            message, message.replacing("4711", with: "4712"),
            message.replacing(text, with: " \(text.prefix(4))\n\(text.dropFirst(4)) "),
            message.replacing(Self.user, with: "jo\u{308}rg"),
            message.replacing(Self.user, with: "j&#246;rg"),
            message.replacing("<wsu:Created>", with: "<wsu:Created> "),
        ] {
            #expect(try Self.fault(changed, MemoryReplayCache()) == nil)
            #expect(try Self.fault(changed, cache)?.cause.contains("replay") == true, "\(changed)")
            #expect(
                try Self.fault(changed, cache, at: Fixtures.now.addingTimeInterval(359))?.cause.contains("replay")
                    == true
            )
        }
        #expect(try Self.fault(Self.message(), cache) == nil)
    }

    @Test("no octet moves between nonce and moment: their digest stands for one pair alone")
    func shifted() throws {
        let moment = DateTime.text(of: Fixtures.now)
        for octet in Array(" \t1-+0".utf8) {
            let nonce = Array("0123456789abcde".utf8) + [octet]
            let digest = DigestAlgorithm.sha1.digest(of: nonce + Array((moment + Self.password).utf8))
            let shifted = Self.envelope(
                Self.user,
                form: "PasswordDigest",
                Base64.encode(digest),
                nonce: Base64.encode(Array(nonce.dropLast())),
                String(decoding: [octet], as: UTF8.self) + moment
            )
            #expect(try Self.fault(shifted, nil) != nil, "\(octet)")
        }
    }

    @Test("a digest is not taken for a password, nor a password where a digest is demanded")
    func downgraded() throws {
        let message = Self.message()
        #expect(try Self.fault(message, nil, Self.policy([.digest, .text])) == nil)
        let asText = message.replacing("#PasswordDigest", with: "#PasswordText")
        let untyped = message.replacing(/\x20Type="[^"]*#PasswordDigest"/, with: "")
        for changed in [asText, untyped] {
            #expect(try Self.fault(changed, nil)?.code == .unsupportedSecurityToken)
            #expect(try Self.fault(changed, nil, Self.policy([.digest, .text]))?.code == .failedAuthentication)
        }
        let text = Self.envelope(
            Self.user,
            form: "PasswordText",
            Self.password,
            nonce: Base64.encode([1, 2, 3]),
            DateTime.text(of: Fixtures.now)
        )
        #expect(try Self.fault(text, nil, Self.policy([.text])) == nil)
        #expect(try Self.fault(text, nil)?.code == .unsupportedSecurityToken)
    }

    @Test("a moment that is too old or in the future, whatever the digest says")
    func moments() throws {
        for (offset, isFresh) in [(-361.0, false), (-359, true), (59, true), (61, false), (86_400, false)] {
            let fault = try Self.fault(Self.message(created: Fixtures.now.addingTimeInterval(offset)), nil)
            #expect((fault == nil) == isFresh && (isFresh || fault?.code == .messageExpired), "\(offset)")
        }
        let bare = Self.message().replacing(/<wsu:Created>[^<]*<\/wsu:Created>/, with: "")
        #expect(try Self.fault(bare, nil)?.code == .invalidSecurityToken)
    }

    @Test("a flood of nonces without the password takes no room; with it, the cache fills and then refuses")
    func flood() throws {
        let cache = MemoryReplayCache(capacity: 8)
        for number in 0..<64 {
            let forged = Self.message().replacing(Self.user, with: "user\(number)")
            #expect(try Self.fault(forged, cache)?.code == .failedAuthentication)
        }
        #expect(cache.count == 0)
        let first = Self.message()
        #expect(try Self.fault(first, cache) == nil)
        for _ in 0..<7 { #expect(try Self.fault(Self.message(), cache) == nil) }
        #expect(try Self.fault(Self.message(), cache)?.cause.contains("full") == true)
        #expect(try Self.fault(first, cache)?.cause.contains("replay") == true)
    }

    @Test("a nonce of more octets than the profile's stacks write, or of none")
    func nonceSizes() throws {
        #expect(try Self.fault(Self.message(nonce: [UInt8](repeating: 1, count: 256)), nil) == nil)
        for count in [0, 257] {
            let fault = try Self.fault(Self.message(nonce: [UInt8](repeating: 1, count: count)), nil)
            #expect(fault?.code == .invalidSecurityToken, "\(count)")
        }
    }
}
