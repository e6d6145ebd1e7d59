import FoundationEssentials
import TestSupport
import Testing
import XML
import XMLEncryption

/// The table says of each file: whether its makers open it, the key, what comes of it here, and why when the two differ.
@Suite("XML Encryptions of other stacks come out as Tests/Vectors/encryptions/OUTCOME.tsv says")
struct EncryptionVectorTests {
    static let rows = Result { try Vectors.rows("encryptions/OUTCOME.tsv") }

    @Test("each of the table", arguments: try rows.get())
    func vector(_ row: [String]) throws {
        let outcome = try Self.outcome(row)
        #expect(outcome == row[3], "\(row[0])")
    }

    @Test("what its makers do not open is not opened here, and what differs says why")
    func consistent() throws {
        for row in try Self.rows.get() {
            let isOpened = row[3].hasPrefix("opens")
            #expect(row[1] == "opens" || !isOpened, "\(row[0])")
            #expect(isOpened || row[1] == row[3] || row.count == 5 && !row[4].isEmpty, "\(row[0])")
        }
    }

    private static func outcome(_ row: [String]) throws -> String {
        let folder = row[0].prefix { $0 != "/" }
        let octets = try Vectors.octets("encryptions/" + row[0])
        do {
            let vector = try EncryptionVector(octets, keysIn: "encryptions/\(folder)")
            let plaintext = try vector.plaintext(key: row[2])
            guard let published = try? Vectors.octets("encryptions/\(row[0].dropLast(3))data") else { return "opens" }
            let text = String(decoding: plaintext, as: UTF8.self).trimming()
            if String(decoding: published, as: UTF8.self).contains(text) { return "opens" }
            return try vector.isSame(published, with: plaintext) ? "opens in canonical form" : "opens to something else"
        } catch let error as XMLError {
            return error.kind == .forbiddenDoctype ? "document type" : "no document: \(error)"
        } catch let error as XMLEncryptionError {
            return Self.word(error)
        }
    }
}

extension EncryptionVectorTests {
    /// The refusal with what it concerns.
    private static func word(_ error: XMLEncryptionError) -> String {
        switch error {
        case .unsupportedAlgorithm(let uri): "unsupported \(uri)"
        case .decryptionFailed: "fails"
        case .malformed(let what): "malformed: \(what)"
        default: "refused: \(error)"
        }
    }
}

extension String {
    fileprivate func trimming() -> String {
        var text = self[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
