import AsyncHTTPClient
import Foundation
import ManagementAPI
import NIOCore
import NIOHTTP1
import TestSupport
import Testing

@Suite("Hostile messages at a deployed flow")
struct HostileMessageTests {
    /// A moment at which the vectors' timestamps are in time.
    private static let now = Date(timeIntervalSince1970: 1_795_224_300)

    /// Those that a flow which demands a signed body and timestamp may take.
    private static let acceptable: Set = [
        "00-valid-signed.xml", "sig03-comment-in-signed-text.xml", "sig05-unsigned-action-changed.xml",
    ]

    @Test("Each gets a clean fault, and the next good message is taken")
    func attacks() async throws {
        try await World.run(now: Self.now) { world in
            try await deploy(in: world)
            let valid = try Vectors.octets("attacks/00-valid-signed.xml")
            for row in try Vectors.rows("attacks/INDEX.tsv") {
                let answer = try await world.post(Vectors.octets("attacks/" + row[0]), to: "/in/signed")
                if Self.acceptable.contains(row[0]) {
                    #expect(answer.status == 202, "\(row[0]): \(answer.body)")
                } else {
                    expectFault(answer, row[0])
                }
            }
            #expect(try await world.post(valid, to: "/in/signed").status == 202)
        }
    }

    @Test("Encrypted attacks get one and the same answer for every failed decryption")
    func encrypted() async throws {
        try await World.run(now: Self.now) { world in
            try await deploy(in: world)
            let rows = try Vectors.rows("attacks/INDEX.tsv").map { $0[0] }.filter { $0.hasPrefix("enc") }
            #expect(rows.count == 5)
            for file in rows {
                let answer = try await world.post(Vectors.octets("attacks/" + file), to: "/in/encrypted")
                expectFault(answer, file)
            }
            let valid = try Vectors.octets("attacks/00-valid-enc-gcm-oaep.xml")
            #expect(try await world.post(valid, to: "/in/encrypted").status == 202)
        }
    }

    @Test(
        "What is no envelope at all gets a fault too",
        arguments: ["", "<", "<a/>", "\u{0}", "{}", "<!DOCTYPE a><a/>"]
    )
    func nonsense(_ body: String) async throws {
        try await World.run(now: Self.now) { world in
            try await deploy(in: world)
            try await expectFault(world.post(Array(body.utf8), to: "/in/signed"), body)
        }
    }

    @Test("A bomb of nested elements beyond the limit is refused without being kept")
    func bomb() async throws {
        try await World.run(now: Self.now) { world in
            try await deploy(in: world)
            let part = ByteBuffer(string: String(repeating: "<a>", count: 100_000))
            let before = try Memory.residentOctets()
            var request = HTTPClientRequest(url: world.messages + "/in/signed")
            request.method = .POST
            request.headers.add(name: "Content-Type", value: "text/xml")
            request.body = .stream(Bomb(part: part, count: 300), length: .unknown)
            // This client gives up when the connection ends before it has sent everything; others read the fault.
            if let answer = try? await world.send(request) { expectFault(answer, "bomb") }
            // 90 MB went through; sender and server together may hold a fraction.
            #expect(try Memory.residentOctets() - before < 48 << 20)
            let valid = try Vectors.octets("attacks/00-valid-signed.xml")
            #expect(try await world.post(valid, to: "/in/signed").status == 202)
        }
    }

    @Test("Only POST is taken, and a path without a flow says so with a fault")
    func strays() async throws {
        try await World.run(now: Self.now) { world in
            let get = try await world.send(HTTPClientRequest(url: world.messages + "/in/signed"))
            #expect(get.status == 405 && get.headers["allow"] == "POST")
            let answer = try await world.post(Array("<a/>".utf8), to: "/nowhere")
            #expect(answer.status == 404 && answer.body.contains("Fault>"))
        }
    }

    private func expectFault(
        _ answer: (status: Int, body: String, headers: [String: String]),
        _ name: String
    ) {
        #expect((400...599).contains(answer.status) && answer.status != 503, "\(name): \(answer.status)")
        #expect(answer.body.contains(":Fault>"), "\(name): \(answer.body)")
        #expect(answer.headers["content-type"]?.hasPrefix("text/xml") == true, "\(name)")
        // Nothing of the cause: no ids, no names of keys, no file names.
        for secret in ["alice", "bob", "serial", "digest", "/etc"] {
            #expect(!answer.body.contains(secret), "\(name): \(answer.body)")
        }
    }

    private func deploy(in world: World) async throws {
        let text = { (path: String) in try String(decoding: Vectors.octets("keys/" + path), as: UTF8.self) }
        let administrator = world.api(.administrator)
        _ = try await administrator.addKeyVersion(
            AddKeyVersion(
                alias: "sender-sign",
                source: .certificate(certificates: text("alice-rsa2048.crt.pem"), partner: "sender")
            )
        )
        _ = try await administrator.addKeyVersion(
            AddKeyVersion(
                alias: "own-decrypt",
                source: .keyPair(
                    key: text("bob-rsa2048.key.pem"),
                    certificates: text("bob-rsa2048.crt.pem"),
                    password: nil
                )
            )
        )
        let flow = { (id: String, policy: String) in
            """
            id: \(id)
            pattern: oneWay
            sender: {partner: sender, path: /in/\(id), soap: "1.1", request: {\(policy), maximumAge: 3600}}
            receiver: {partner: receiver, url: "http://127.0.0.1:\(world.receiver.port)/", request: {}}
            """
        }
        let developer = world.api(.developer)
        _ = try await developer.putFlow(
            "signed",
            yaml: flow("signed", "verify: [sender-sign], signed: [body, timestamp]")
        )
        _ = try await developer.putFlow(
            "encrypted",
            yaml: flow("encrypted", "decrypt: [own-decrypt], encrypted: [body]")
        )
    }
}

/// The same part again and again.
private struct Bomb: AsyncSequence, Sendable {
    let part: ByteBuffer
    let count: Int

    struct AsyncIterator: AsyncIteratorProtocol {
        let part: ByteBuffer
        var count: Int

        mutating func next() async -> ByteBuffer? {
            guard count > 0 else { return nil }
            count -= 1
            return part
        }
    }

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(part: part, count: count) }
}

/// What the test process holds.
private enum Memory {
    static func residentOctets() throws -> Int {
        let fields = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8).split(separator: " ")
        return (Int(fields[1]) ?? 0) * 4096
    }
}
