import Foundation
import NIOCore
import Testing
import WSSecurity

@testable import Messaging

@Suite struct CompressionTests {
    private static func terms(limit: Int = 1 << 20, threshold: Int = 1 << 18, ratio: Int = 100) -> PayloadTerms {
        PayloadTerms(
            octetLimit: limit,
            spoolThreshold: threshold,
            spoolFolder: FileManager.default.temporaryDirectory.path,
            expansionLimit: ratio
        )
    }

    /// Octets that compress to a third or so.
    private static func text(_ count: Int) -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<count).map { _ in UInt8(0x61 + generator.next() % 6) }
    }

    private static func compressed(_ octets: [UInt8]) throws -> [UInt8] {
        try #require(try GzipWriter.compressed(Payload(octets), terms(limit: 1 << 30))).octets()
    }

    private static func expanded(
        _ octets: [UInt8],
        _ terms: PayloadTerms = terms(),
        pieces: Int = 1000,
        encoding: String = "gzip"
    ) throws(BodyError) -> Payload {
        var reader = try BodyReader(contentEncoding: encoding, terms)
        for start in stride(from: 0, to: octets.count, by: pieces) {
            try reader.read(ByteBuffer(bytes: octets[start..<min(start + pieces, octets.count)]))
        }
        return try reader.finish()
    }

    @Test("What was compressed comes out the same, in memory and in a file", arguments: [0, 1, 5000, 700_000])
    func roundTrip(count: Int) throws {
        let octets = Self.text(count)
        guard let small = try GzipWriter.compressed(Payload(octets), Self.terms()) else {
            #expect(count < 100)
            return
        }
        for pieces in [1000, 65_536] {
            let payload = try Self.expanded(small.octets(), pieces: pieces)
            #expect(try payload.octets() == octets && payload.isSpooled == (count > 1 << 18))
        }
    }

    @Test func `Several members in a row are one body`() throws {
        let (one, two) = (Self.text(3000), Self.text(4000))
        let body = try Self.compressed(one) + Self.compressed(two)
        #expect(try Self.expanded(body, pieces: 7).octets() == one + two)
    }

    @Test func `A bomb is refused by its ratio, and a large body by its size, whatever it was compressed to`() throws {
        let bomb = try Self.compressed([UInt8](repeating: 0x20, count: 8 << 20))
        let ratio = #expect(throws: BodyError.self) { try Self.expanded(bomb, Self.terms(limit: 1 << 30)) }
        if case .expandsTooMuch(100)? = ratio {} else { Issue.record("\(String(describing: ratio))") }
        let size = #expect(throws: BodyError.self) {
            try Self.expanded(bomb, Self.terms(limit: 100_000, ratio: 100_000))
        }
        if case .tooLarge(100_000)? = size {} else { Issue.record("\(String(describing: size))") }
        let plain = #expect(throws: BodyError.self) {
            try Self.expanded(Self.text(100_001), Self.terms(limit: 100_000), encoding: "")
        }
        if case .tooLarge? = plain {} else { Issue.record("\(String(describing: plain))") }
    }

    @Test func `What is no gzip stream, or is cut off, is refused`() throws {
        let body = try Self.compressed(Self.text(5000))
        var broken = body
        broken[body.count / 2] ^= 0x10
        for octets in [Array(body.dropLast(3)), Array("<a/>".utf8), broken, body + [0x00, 0x01]] {
            let error = #expect(throws: BodyError.self) { try Self.expanded(octets) }
            if case .malformedEncoding? = error {} else { Issue.record("\(String(describing: error))") }
        }
    }

    @Test("Other encodings are refused by name", arguments: ["br", "deflate", "gzip, gzip", "gzip,br"])
    func unsupported(encoding: String) {
        #expect(throws: BodyError.self) { try ContentCoding(contentEncoding: encoding) }
    }

    @Test(
        "gzip is asked for by its name with a weight",
        arguments: [
            ("gzip", true), ("br, GZIP;q=0.5", true), ("gzip;q=0", false), ("*", false), ("", false), ("xgzip", false),
        ]
    )
    func asked(value: String, isAsked: Bool) {
        #expect(ContentCoding.isGzipAccepted(value) == isAsked)
    }

    @Test func `Requests are sent compressed and answers taken so, where the flow says it`() async throws {
        let order = Fixtures.envelope("<m:a xmlns:m='urn:m'>\(String(decoding: Self.text(9000), as: UTF8.self))</m:a>")
        try await World.run { world in
            try await RawReceiver.run { receiver in
                let answer = RawReceiver.Answer(
                    headers: ["content-type": "text/xml", "content-encoding": "gzip"],
                    body: try Self.compressed(order)
                )
                receiver.set(answer)
                try await world.runtime.deploy(PackageFixtures.flow(url: receiver.url, receiver: "compress: true"))
                let reply = await world.runtime.handle(
                    path: "/in/raw",
                    headers: [("Content-Type", "text/xml"), ("Accept-Encoding", "gzip")],
                    body: Payload(order)
                )
                reply.exchange?.end()
                let arrival = try #require(receiver.arrivals.first)
                #expect(arrival.headers["content-encoding"] == "gzip" && arrival.headers["accept-encoding"] == "gzip")
                #expect(try Self.expanded(arrival.body).octets() == order)
                #expect(reply.headers.contains { $0.name == "Content-Encoding" && $0.value == "gzip" })
                #expect(try Self.expanded(reply.body).octets() == order)
            }
        }
    }
}
