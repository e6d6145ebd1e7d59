import Cryptography
import TestSupport
import Testing

/// Keystores that somebody made to be read wrongly.
@Suite struct JavaKeystoreTests {
    /// `content` with the digest that Java would write: so that the reader itself is reached.
    private static func signed(_ content: [UInt8]) -> [UInt8] {
        var digester = Digester(.sha1)
        digester.update(Fixtures.password.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] })
        digester.update(Array("Mighty Aphrodite".utf8))
        digester.update(content)
        return content + digester.finalize()
    }

    private static func content(_ name: String) throws -> [UInt8] {
        try Vectors.octets("keystores/\(name)").dropLast(20)
    }

    private static func read(_ octets: [UInt8]) throws -> KeyFile {
        try KeyFile(octets, password: Fixtures.password, keyPassword: "otherpass")
    }

    @Test(arguments: ["orders.jks", "orders.jceks"])
    func `a changed octet, a cut and a wrong password are told by the digest`(_ name: String) throws {
        let octets = try Vectors.octets("keystores/\(name)")
        #expect(throws: CryptographyError.wrongPassword) { try KeyFile(octets, password: "wrong") }
        #expect(throws: CryptographyError.passwordRequired) { try KeyFile(octets) }
        for index in stride(from: 4, to: octets.count, by: 97) {
            var changed = octets
            changed[index] ^= 1
            #expect(throws: CryptographyError.wrongPassword) { try Self.read(changed) }
        }
        #expect(throws: CryptographyError.self) { try Self.read(Array(octets.prefix(20))) }
        #expect(try Self.signed(Self.content(name)) == octets)
    }

    @Test(arguments: ["mixed.jceks", "mixed.p12"])
    func `a secret key is named for what it is, and everything else is read`(_ name: String) throws {
        let file = try Self.read(Vectors.octets("keystores/\(name)"))
        var seen: [String: String] = [:]
        for entry in file.entries {
            let what =
                switch entry.content {
                case .pair: "pair"
                case .certificates: "certificates"
                case .other(let what): String(what.prefix { $0 != "," })
                case .key, .unreadable: "neither"
                }
            seen[entry.name ?? ""] = what
        }
        #expect(
            seen == [
                "orders-sign": "pair", "orders-decrypt": "pair", "northwind": "certificates",
                "shared-aes": "a secret key", "shared-hmac": "a secret key",
            ]
        )
        let error = #expect(throws: CryptographyError.self) { try file.pair(named: "shared-hmac") }
        #expect(error?.description.contains("it is a secret key, which no alias stands for") == true)
    }

    @Test func `a secret key that is not sealed as Java does it is an error, with what to do`() throws {
        let content = try Self.content("secret.jceks")
        let read = try Self.read(Self.signed(content))
        #expect(read.entries.map(\.name) == ["shared"])
        let head = try #require(content.firstRange(of: [0xAC, 0xED])).lowerBound
        let end = try #require(content.firstRange(of: Array("PBEWithMD5".utf8))).lowerBound
        let arrays = [head + 0xE4..<head + 0xF5, head + 0xFF..<head + 0x18F]
        for index in head..<(end - 2) where !arrays.contains(where: { $0.contains(index) }) {
            var changed = content
            changed[index] ^= 0x40
            let error = #expect(throws: CryptographyError.self, "\(index)") { try Self.read(Self.signed(changed)) }
            let words = error?.description ?? ""
            #expect(words.contains("cut off") || words.contains("negative") || words.contains("-deststoretype PKCS12"))
        }
    }

    @Test(arguments: ["orders.jks", "orders.jceks"])
    func `counts and lengths that lie are errors`(_ name: String) throws {
        let content = try Self.content(name)
        for count in [[0x7F, 0xFF, 0xFF, 0xFF], [0xFF, 0xFF, 0xFF, 0xFF], [0, 0, 0, 4], [0, 0, 0, 2]] as [[UInt8]] {
            let changed = content[..<8] + count + content[12...]
            #expect(throws: CryptographyError.self) { try Self.read(Self.signed(Array(changed))) }
        }
        for length in stride(from: 12, to: content.count, by: 13) {
            #expect(throws: CryptographyError.self) { try Self.read(Self.signed(Array(content.prefix(length)))) }
        }
        #expect(throws: CryptographyError.self) { try Self.read(Self.signed(content + [0])) }
        var other = content
        other[7] = 3
        #expect(throws: CryptographyError.self) { try Self.read(Self.signed(other)) }
    }

    @Test func `rounds without end are refused before they are computed`() throws {
        var content = try Self.content("orders.jceks")
        // The salt of eight octets, then the count of rounds: made as large as its octets allow.
        let salt = try #require(content.firstRange(of: [0x04, 0x08]))
        #expect(content[salt.upperBound + 8] == 0x02)
        let width = Int(content[salt.upperBound + 9])
        let start = salt.upperBound + 10
        content.replaceSubrange(start..<(start + width), with: [0x7F] + [UInt8](repeating: 0xFF, count: width - 1))
        let file = try Self.read(Self.signed(content))
        let isBounded = file.entries.contains { entry in
            if case .unreadable = entry.content { true } else { false }
        }
        #expect(isBounded)
    }

    @Test(arguments: ["orders.jks", "orders.jceks"])
    func `random changes under a right digest never crash the reader`(_ name: String) throws {
        var generator = SeededGenerator(seed: 0x5EED_0013)
        let content = try Self.content(name)
        var readable = 0
        for _ in 0..<60 {
            var changed = content
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                let index = Int.random(in: changed.indices, using: &generator)
                changed[index] = UInt8.random(in: 0...255, using: &generator)
            }
            guard let file = try? Self.read(Self.signed(changed)) else { continue }
            readable += 1
            #expect(file.entries.count <= JavaKeystore.entryLimit, "seed \(generator.seed)")
        }
        #expect(readable > 0, "seed \(generator.seed)")
    }
}
