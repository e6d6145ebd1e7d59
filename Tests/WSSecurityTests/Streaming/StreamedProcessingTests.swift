import Cryptography
import Foundation
import TestSupport
import Testing
import WSSecurity

/// Messages that are processed from file to file, held to what comes of them in memory.
@Suite("A message that is processed as a stream")
struct StreamedProcessingTests {
    /// What comes of a message.
    enum Outcome: Equatable {
        case accepted(envelope: [UInt8], signed: [[MessagePart]], decrypted: [[MessagePart]])
        case refused(SecurityFault.Code, cause: String, outward: SecurityFault.Code)
    }

    static func inMemory(_ message: [UInt8], _ policy: InboundPolicy, at now: Date = Fixtures.now) throws -> Outcome {
        do throws(SecurityFault) {
            let processor = MessageProcessor(policy: policy, keys: try trusted())
            let result = try processor.process(message, receivedAt: now)
            return .accepted(
                envelope: result.envelope,
                signed: result.signatures.map(\.parts),
                decrypted: result.decryptions.map(\.parts)
            )
        } catch {
            return .refused(error.code, cause: error.cause, outward: error.outward.code)
        }
    }

    private static func trusted() throws(SecurityFault) -> StaticTrustedKeys {
        do { return try Fixtures.keys() } catch { throw SecurityFault(.cannotProtect, "\(error)") }
    }

    static func streamed(
        _ message: [UInt8],
        _ policy: InboundPolicy,
        limits: StreamingLimits = StreamingLimits(),
        at now: Date = Fixtures.now
    ) throws -> Outcome {
        let folder = FileManager.default.temporaryDirectory.appending(path: "rekey-stream-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let input = folder.appending(path: "input")
        let output = folder.appending(path: "output")
        try Data(message).write(to: input)
        let processor = try MessageProcessor(policy: policy, keys: Fixtures.keys())
        do throws(LargeMessageError) {
            let result = try processor.process(
                contentsOf: input,
                to: output,
                spool: folder,
                limits: limits,
                receivedAt: now
            )
            let mode = try? FileManager.default.attributesOfItem(atPath: output.path)[.posixPermissions] as? Int
            #expect(mode == 0o600)
            return .accepted(
                envelope: (try? [UInt8](Data(contentsOf: output))) ?? [],
                signed: result.signatures.map(\.parts),
                decrypted: result.decryptions.map(\.parts)
            )
        } catch {
            #expect((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) == ["input"])
            guard case .refused(let fault) = error else { throw error }
            return .refused(fault.code, cause: fault.cause, outward: fault.outward.code)
        }
    }

    private static let protections: [(SignatureSettings?, EncryptionSettings?, ProtectionOrder)] = [
        (SignatureSettings(), nil, .signThenEncrypt),
        (SignatureSettings(), EncryptionSettings(), .signThenEncrypt),
        (SignatureSettings(), EncryptionSettings(), .encryptThenSign),
        (
            SignatureSettings(parts: [.body, .timestamp, Fixtures.messageID]),
            EncryptionSettings(algorithm: .aes128CBC), .signThenEncrypt
        ),
        (
            SignatureSettings(), EncryptionSettings(algorithm: .aes128GCM, parts: [.body, Fixtures.messageID]),
            .encryptThenSign
        ),
    ]

    private static func message(_ number: Int, _ envelope: [UInt8] = Fixtures.envelope()) throws -> [UInt8] {
        let (signature, encryption, order) = protections[number]
        return try Fixtures.protected(envelope, signature ?? SignatureSettings(), encryption, order: order)
    }

    private static func policy(_ number: Int) -> InboundPolicy {
        var policy = InboundPolicy(encrypted: protections[number].1 == nil ? [] : [.body])
        policy.encryptionAlgorithms.formUnion([.aes128CBC])
        return policy
    }

    @Test("comes to the same as in memory", arguments: 0..<5, SOAPVersion.allCases)
    func same(number: Int, version: SOAPVersion) throws {
        let comments = String(decoding: Fixtures.envelope(version), as: UTF8.self)
            .replacing("<m:item>", with: "<!-- one --><m:item><!--two-->")
        for envelope in [Fixtures.envelope(version), Array(comments.utf8)] {
            let message = try Self.message(number, envelope)
            let expected = try Self.inMemory(message, Self.policy(number))
            guard case .accepted = expected else { throw Unexpected(what: "\(expected)") }
            #expect(try Self.streamed(message, Self.policy(number)) == expected)
        }
    }

    @Test("comes to the same as in memory when it is not protected, or has no content")
    func plain() throws {
        let policy = InboundPolicy(signed: [], requiresTimestamp: false)
        let empty = String(decoding: Fixtures.envelope(), as: UTF8.self)
            .replacing(/<soap:Body>[^$]*<\/soap:Body>/, with: "<soap:Body/>")
        for message in [
            Fixtures.envelope(), Array(empty.utf8),
            Array(empty.replacing("<soap:Body/>", with: "<soap:Body></soap:Body>").utf8),
        ] {
            #expect(try Self.streamed(message, policy) == Self.inMemory(message, policy))
            #expect(try Self.streamed(message, InboundPolicy()) == Self.inMemory(message, InboundPolicy()))
        }
    }

    @Test("is refused as in memory when any octet was changed", arguments: 0..<5)
    func tampered(number: Int) throws {
        let seed = UInt64(0x57AE_0000 + number)
        var generator = SeededGenerator(seed: seed)
        let message = try Self.message(number)
        var refused = 0
        for round in 0..<60 {
            var changed = message
            let index = Int.random(in: changed.indices, using: &generator)
            changed[index] = UInt8.random(in: 0x20...0x7E, using: &generator)
            guard changed[index] != message[index] else { continue }
            let expected = try Self.inMemory(changed, Self.policy(number))
            let actual = try Self.streamed(changed, Self.policy(number))
            if case .refused(let code, _, let outward) = expected,
                case .refused(let other, _, let otherOutward) = actual
            {
                #expect(code == other && outward == otherOutward, "seed \(seed), round \(round): \(expected) \(actual)")
                refused += 1
            } else {
                #expect(actual == expected, "seed \(seed), round \(round), octet \(index)")
            }
        }
        #expect(refused > 20)
    }

    @Test("is refused as in memory when it was rearranged")
    func wrapped() throws {
        let message = String(decoding: try Self.message(0), as: UTF8.self)
        let body = try #require(message.firstMatch(of: /<soap:Body[^$]*<\/soap:Body>/)?.output)
        let evil = String(body).replacing("number='7'", with: "number='8'")
        let id = try #require(String(body).firstMatch(of: /wsu\d*:Id="([^"]+)"/)?.output.1)
        let changes = [
            message.replacing(body, with: evil + body),
            message.replacing(body, with: body + evil),
            message.replacing("</soap:Header>", with: "<x>\(body)</x></soap:Header>")
                .replacing("</soap:Envelope>", with: "</soap:Envelope>"),
            message.replacing("<m:note", with: "<m:evil Id='\(id)'/><m:note"),
            message.replacing("</soap:Envelope>", with: "<more/></soap:Envelope>"),
            message.replacing("<soap:Header>", with: "<soap:Header xmlns:r='relative'>"),
            message.replacing("<m:note", with: "<m:note xmlns:r='relative'"),
            message.replacing("<wsse:Security ", with: "<wsse:Other ")
                .replacing("</wsse:Security>", with: "</wsse:Other>"),
        ]
        for change in changes {
            let expected = try Self.inMemory(Array(change.utf8), InboundPolicy())
            let actual = try Self.streamed(Array(change.utf8), InboundPolicy())
            guard case .refused(let code, _, _) = expected, case .refused(let other, _, _) = actual else {
                throw Unexpected(what: "\(expected) \(actual)")
            }
            #expect(code == other, "\(expected) \(actual)")
        }
    }

    @Test("is refused with the reason when a stream cannot serve it")
    func unservable() throws {
        func cause(
            _ message: String,
            _ limits: StreamingLimits = StreamingLimits(),
            _ policy: InboundPolicy = InboundPolicy()
        ) throws -> String {
            guard case .refused(_, let cause, _) = try Self.streamed(Array(message.utf8), policy, limits: limits) else {
                return ""
            }
            return cause
        }
        let message = String(decoding: try Self.message(0), as: UTF8.self)
        let id = try #require(message.firstMatch(of: /Reference URI="#(id-[^"]+)"/)?.output.1)
        let moved = message.replacing("Id=\"\(id)\"", with: "Id=\"other\"")
            .replacing("<m:note", with: "<m:note Id='\(id)'")
        #expect(try cause(moved).contains("refers to an element within Body"))
        var limits = StreamingLimits()
        limits.headerOctetCount = 100
        #expect(try cause(message, limits).contains("more than 100 octets besides"))
        limits = StreamingLimits()
        limits.octetCount = 500
        #expect(try cause(message, limits).contains("more than 500 octets"))
        limits = StreamingLimits()
        limits.identifierCount = 2
        #expect(try cause(message, limits).contains("more than 2 ids"))
        let step = ElementPath.Step(namespace: "urn:test:order", localName: "Order")
        let path = try #require(ElementPath(from: .body, steps: [step]))
        let policy = InboundPolicy(signed: [.element(path)])
        #expect(try cause(message, StreamingLimits(), policy).contains("parts within Body"))
    }

    @Test("arrives in chunks as well")
    func chunks() throws {
        let message = try Self.message(1)
        let folder = FileManager.default.temporaryDirectory.appending(path: "rekey-stream-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let output = folder.appending(path: "output")
        var rest = message[...]
        let processor = try MessageProcessor(policy: Self.policy(1), keys: Fixtures.keys())
        _ = try processor.process(
            chunks: {
                defer { rest = rest.dropFirst(100) }
                return rest.isEmpty ? nil : Array(rest.prefix(100))
            },
            to: output,
            spool: folder,
            receivedAt: Fixtures.now
        )
        let expected = try Fixtures.process(message, Self.policy(1)).envelope
        #expect(try [UInt8](Data(contentsOf: output)) == expected)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["output"])
    }

    @Test("leaves nothing behind when the result cannot get its name")
    func unnamed() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "rekey-stream-\(UUID().uuidString)")
        let output = folder.appending(path: "output")
        try FileManager.default.createDirectory(
            at: output.appending(path: "taken"),
            withIntermediateDirectories: true
        )
        defer { try? FileManager.default.removeItem(at: folder) }
        let input = folder.appending(path: "input")
        try Data(Self.message(0)).write(to: input)
        let processor = try MessageProcessor(policy: Self.policy(0), keys: Fixtures.keys())
        #expect {
            try processor.process(contentsOf: input, to: output, spool: folder, receivedAt: Fixtures.now)
        } throws: {
            if case LargeMessageError.file = $0 { true } else { false }
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == ["input", "output"])
    }

    /// An outcome that no test expects.
    private struct Unexpected: Error {
        let what: String
    }
}
