import Cryptography
import FoundationEssentials
import Testing
import WSSecurity

@Suite("A message that was accepted is not accepted again while its timestamp lives")
struct ReplayTests {
    private static func process(
        _ message: String,
        _ cache: any ReplayCache,
        _ policy: InboundPolicy = InboundPolicy(),
        at moment: Date = Fixtures.now
    ) throws -> SecurityFault? {
        let processor = try MessageProcessor(policy: policy, keys: Fixtures.keys(), replayCache: cache)
        do throws(SecurityFault) {
            _ = try processor.process(Array(message.utf8), receivedAt: moment)
            return nil
        } catch {
            return error
        }
    }

    @Test("the same octets", arguments: [nil, ProtectionOrder.signThenEncrypt, .encryptThenSign])
    func same(_ order: ProtectionOrder?) throws {
        let cache = MemoryReplayCache()
        let message = try order.map { try Specimen(EncryptionSettings(), order: $0).text } ?? Specimen().text
        #expect(try Self.process(message, cache) == nil)
        let fault = try #require(try Self.process(message, cache))
        #expect(fault.code == .failedCheck && fault.cause.contains("replay"))
        #expect(fault.outward.code == .failedCheck)
        #expect(try Self.process(Specimen().text, cache) == nil)
    }

    @Test("what no key protects may change: it is a replay all the same")
    func dressedUp() throws {
        let message = try Specimen().text
        let cache = MemoryReplayCache()
        #expect(try Self.process(message, cache) == nil)
        let value = try #require(message.element("ds:SignatureValue"))
        for changed in [
            message.inserting("<x/>", after: "<soap:Header>"),
            message.inserting("<!-- c -->", before: "</ds:Signature>"),
            message.replacing(value, with: value.replacing("Value>", with: "Value>\n ", maxReplacements: 1)),
            message.replacing("<ds:Signature ", with: "<ds:Signature   "),
        ] {
            #expect(try Self.process(changed, MemoryReplayCache()) == nil)
            #expect(try Self.process(changed, cache)?.cause.contains("replay") == true)
        }
    }

    @Test("an ECDSA signature whose s is turned into n - s is valid too, and a replay")
    func malleable() throws {
        let octets = try Fixtures.protected(Specimen.plain, SignatureSettings(), nil, signer: Fixtures.curve256.get())
        let message = String(decoding: octets, as: UTF8.self)
        let cache = MemoryReplayCache()
        #expect(try Self.process(message, cache) == nil)
        let element = try #require(message.element("ds:SignatureValue"))
        let text = element.dropFirst("<ds:SignatureValue>".count).dropLast("</ds:SignatureValue>".count)
        let value = try #require(Base64.decode(String(text)))
        let other = value[..<32] + Self.complement(Array(value[32...]))
        let changed = message.replacing(text, with: Base64.encode(Array(other)))
        #expect(changed != message)
        #expect(try Self.process(changed, MemoryReplayCache()) == nil)
        #expect(try Self.process(changed, cache)?.cause.contains("replay") == true)
    }

    /// The order of P-256 less `scalar`.
    private static func complement(_ scalar: [UInt8]) -> [UInt8] {
        let order = Hexadecimal.octets("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551") ?? []
        var result = scalar
        var borrow = 0
        for index in scalar.indices.reversed() {
            let difference = Int(order[index]) - Int(scalar[index]) - borrow
            borrow = difference < 0 ? 1 : 0
            result[index] = UInt8(truncatingIfNeeded: difference)
        }
        return result
    }

    @Test("remembered until the last moment at which the timestamp is accepted")
    func lifetime() throws {
        let cache = MemoryReplayCache()
        let message = try Specimen().text
        #expect(try Self.process(message, cache) == nil)
        for seconds in [1.0, 100, 299, 359.9] {
            let fault = try #require(try Self.process(message, cache, at: Fixtures.now.addingTimeInterval(seconds)))
            #expect(fault.cause.contains("replay"), "after \(seconds): \(fault)")
        }
        let late = try #require(try Self.process(message, cache, at: Fixtures.now.addingTimeInterval(361)))
        #expect(late.code == .messageExpired)
    }

    @Test("a message that is refused leaves no mark, so that nobody can block one that is good")
    func refused() throws {
        let cache = MemoryReplayCache()
        let message = try Specimen().text
        let demanding = InboundPolicy(encrypted: [.body])
        #expect(try Self.process(message, cache, demanding)?.code == .invalidSecurity)
        let tampered = message.replacing("number='7'", with: "number='8'")
        #expect(try Self.process(tampered, cache)?.code == .failedCheck)
        #expect(cache.count == 0)
        #expect(try Self.process(message, cache) == nil)
    }

    @Test("without signature there is nothing to remember; without a cache nothing is remembered")
    func nothing() throws {
        let cache = MemoryReplayCache()
        let lenient = InboundPolicy(signed: [], requiresTimestamp: false)
        let plain = String(decoding: Fixtures.envelope(), as: UTF8.self)
        for _ in 0..<2 { #expect(try Self.process(plain, cache, lenient) == nil) }
        #expect(cache.count == 0)
        let message = try Specimen().text
        for _ in 0..<2 { #expect(try Fixtures.fault(of: message) == nil) }
    }

    @Test("full: refused rather than forgotten, until something has expired")
    func full() throws {
        let cache = MemoryReplayCache(capacity: 2)
        let messages = try (0..<3).map { _ in try Specimen().text }
        #expect(try Self.process(messages[0], cache) == nil)
        #expect(try Self.process(messages[1], cache) == nil)
        let fault = try #require(try Self.process(messages[2], cache))
        #expect(fault.code == .failedCheck && fault.cause.contains("full"))
        #expect(try Self.process(messages[0], cache)?.cause.contains("replay") == true)
        let later = Fixtures.now.addingTimeInterval(600)
        #expect(cache.record([ReplayMark(digest: [1])], until: later, now: later) == .recorded)
        #expect(cache.count == 1)
    }

    @Test("a cache that cannot be reached: refused")
    func unreachable() throws {
        struct Broken: ReplayCache {
            struct Unreachable: Error {}
            func record(_ marks: [ReplayMark], until expiry: Date, now: Date) throws -> ReplayVerdict {
                throw Unreachable()
            }
        }
        let fault = try #require(try Self.process(Specimen().text, Broken()))
        #expect(fault.code == .failedCheck && fault.outward.code == .failedCheck)
    }

    @Test("of two that arrive at the same time, one is accepted")
    func race() async throws {
        let cache = MemoryReplayCache()
        let message = try Specimen().text
        let accepted = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<16 { group.addTask { try Self.process(message, cache) == nil } }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(accepted == 1)
    }
}

@Suite("The replay cache in memory")
struct MemoryReplayCacheTests {
    private static let now = Fixtures.now
    private static func mark(_ number: Int) -> ReplayMark {
        ReplayMark(nonce: [UInt8(number & 255)], user: "\(number)")
    }

    @Test("marks of signatures and of users' nonces never meet")
    func kinds() {
        let marks: Set<ReplayMark> = [
            ReplayMark(nonce: [1, 2], user: "a"), ReplayMark(nonce: [2], user: "a\u{1}"),
            ReplayMark(nonce: [1, 2], user: "b"), ReplayMark(signedInfo: [1, 2], signer: Array("a".utf8)),
        ]
        #expect(marks.count == 4 && marks.allSatisfy { $0.digest.count == 32 })
    }

    @Test("several marks: all or none")
    func together() {
        let cache = MemoryReplayCache(capacity: 3)
        let end = Self.now.addingTimeInterval(300)
        #expect(cache.record([Self.mark(1)], until: end, now: Self.now) == .recorded)
        #expect(cache.record([Self.mark(2), Self.mark(1)], until: end, now: Self.now) == .repeated)
        #expect(cache.record([Self.mark(2), Self.mark(3), Self.mark(4)], until: end, now: Self.now) == .full)
        #expect(cache.record([Self.mark(2), Self.mark(2)], until: end, now: Self.now) == .recorded)
        #expect(cache.count == 2)
    }

    @Test("a mark lives until its expiry, that moment included, and can come again after it")
    func expiry() {
        let cache = MemoryReplayCache()
        let end = Self.now.addingTimeInterval(300)
        #expect(cache.record([Self.mark(1)], until: end, now: Self.now) == .recorded)
        #expect(cache.record([Self.mark(1)], until: end, now: end) == .repeated)
        let after = end.addingTimeInterval(0.001)
        #expect(cache.record([Self.mark(1)], until: after.addingTimeInterval(300), now: after) == .recorded)
        let later = after.addingTimeInterval(299)
        #expect(cache.record([Self.mark(1)], until: later, now: later) == .repeated)
    }

    @Test("a clock that goes back forgets nothing; moments beyond all calendars do no harm")
    func clocks() {
        let cache = MemoryReplayCache()
        let end = Self.now.addingTimeInterval(300)
        #expect(cache.record([Self.mark(1)], until: end, now: Self.now) == .recorded)
        #expect(cache.record([Self.mark(1)], until: end, now: Self.now.addingTimeInterval(-9999)) == .repeated)
        #expect(cache.record([Self.mark(2)], until: .distantFuture, now: .distantPast) == .recorded)
        let never = Date(timeIntervalSince1970: .infinity)
        #expect(cache.record([Self.mark(3)], until: never, now: Self.now) == .recorded)
        #expect(cache.record([Self.mark(3)], until: never, now: Self.now) == .repeated)
    }

    @Test("what has expired makes room, over a day of traffic")
    func steady() {
        let cache = MemoryReplayCache(capacity: 2000)
        for second in 0..<20_000 {
            let now = Self.now.addingTimeInterval(Double(second))
            #expect(cache.record([Self.mark(second)], until: now.addingTimeInterval(360), now: now) == .recorded)
        }
        #expect(cache.count <= 360 + 61)
    }
}
