/// One block of RFC 7468 text.
struct PEMBlock {
    /// The most octets of text that are read.
    static let textLimit = 1 << 20
    /// The most blocks that are read.
    static let countLimit = 100

    /// What the block says it holds, such as `CERTIFICATE`.
    let label: String
    /// Whether it carries the headers of RFC 1421, as encrypted keys of OpenSSL's old form do.
    let hasHeaders: Bool
    /// The decoded content.
    let octets: [UInt8]

    /// The blocks of `text` in order; text between them is skipped; throws `malformedPEM` or `limitExceeded`.
    static func blocks(in text: String) throws(CryptographyError) -> [PEMBlock] {
        guard text.utf8.count <= textLimit else {
            throw .limitExceeded(what: "the PEM text in octets", limit: textLimit)
        }
        var blocks: [PEMBlock] = []
        var open: (label: Substring, hasHeaders: Bool, body: String)?
        for line in text.split(whereSeparator: \.isNewline).map(trimmed) {
            if let label = boundary(line, "BEGIN") {
                guard open == nil else { throw .malformedPEM("a block begins inside the block \(label)") }
                open = (label, false, "")
            } else if let label = boundary(line, "END") {
                guard let block = open, block.label == label else { throw .malformedPEM("END \(label) without BEGIN") }
                blocks.append(try PEMBlock(block.label, hasHeaders: block.hasHeaders, body: block.body))
                open = nil
            } else if line.contains(":") {
                open?.hasHeaders = true
            } else {
                open?.body += line
            }
        }
        if let open { throw .malformedPEM("END \(open.label) is missing") }
        guard blocks.count <= countLimit else {
            throw .limitExceeded(what: "the number of PEM blocks", limit: countLimit)
        }
        return blocks
    }

    /// `octets` as a block.
    static func text(_ label: String, _ octets: [UInt8]) -> String {
        var lines = ["-----BEGIN \(label)-----"]
        var rest = Base64.encode(octets)[...]
        while !rest.isEmpty {
            lines.append(String(rest.prefix(64)))
            rest = rest.dropFirst(64)
        }
        lines.append("-----END \(label)-----\n")
        return lines.joined(separator: "\n")
    }

    private init(_ label: Substring, hasHeaders: Bool, body: String) throws(CryptographyError) {
        self.label = String(label)
        self.hasHeaders = hasHeaders
        if hasHeaders {
            octets = []
        } else if let octets = Base64.decode(body) {
            self.octets = octets
        } else {
            throw .malformedPEM("the block \(label) is not Base64")
        }
    }

    private static func trimmed(_ line: Substring) -> Substring {
        var line = line
        while line.last?.isWhitespace == true { line.removeLast() }
        return line
    }

    private static func boundary(_ line: Substring, _ word: String) -> Substring? {
        let start = "-----\(word) "
        guard line.hasPrefix(start), line.hasSuffix("-----"), line.count > start.count + 5 else { return nil }
        return line.dropFirst(start.count).dropLast(5)
    }
}
