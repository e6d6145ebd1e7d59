import NIOCore

/// A server's answer to one command (RFC 5321, section 4.2).
struct SMTPReply: Hashable, Sendable {
    /// Three digits.
    let code: Int
    /// The texts of its lines.
    let lines: [String]

    /// Code and first text, for logs: printable ASCII, cut off.
    var summary: String {
        let text = (lines.first ?? "").unicodeScalars.map { $0.value >= 0x20 && $0.value < 0x7F ? Character($0) : "?" }
        return "\(code) \(String(text.prefix(200)))"
    }

    /// Whether the command was carried out.
    var isPositive: Bool { (200..<300).contains(code) }

    /// Whether trying again is of no use.
    var isPermanent: Bool { (500..<600).contains(code) }
}

/// Makes replies of octets, within limits.
struct SMTPReplyReader {
    /// What no server sends.
    struct Malformed: Error {}

    private static let octetLimit = 64 * 1024

    private var octets: [UInt8] = []
    private var lines: [String] = []
    private var code: Int?

    /// Whether everything that came belongs to replies that were handed out.
    var isEmpty: Bool { octets.isEmpty && lines.isEmpty }

    mutating func append(_ buffer: ByteBuffer) throws {
        octets += buffer.readableBytesView
        guard octets.count <= Self.octetLimit, lines.count <= 200 else { throw Malformed() }
    }

    /// The next whole reply; `nil` until it is there.
    mutating func next() throws -> SMTPReply? {
        while let end = octets.firstIndex(of: UInt8(ascii: "\n")) {
            let line = octets[..<end].filter { $0 != UInt8(ascii: "\r") }
            octets.removeSubrange(...end)
            if let reply = try read(line) { return reply }
        }
        return nil
    }

    private mutating func read(_ line: [UInt8]) throws -> SMTPReply? {
        let text = String(decoding: line, as: UTF8.self)
        guard let code = Int(text.prefix(3)), (200..<600).contains(code), self.code ?? code == code else {
            throw Malformed()
        }
        let mark = text.dropFirst(3).first ?? " "
        guard mark == " " || mark == "-" else { throw Malformed() }
        self.code = code
        lines.append(String(text.dropFirst(4)))
        guard mark == " " else { return nil }
        defer { (self.code, lines) = (nil, []) }
        return SMTPReply(code: code, lines: lines)
    }
}
