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
            #expect(row[1] == "opens" || row[3] != "opens", "\(row[0])")
            #expect(
                row[1] == row[3] || row[1] == "fails" || row.count == 5 && !row[4].isEmpty,
                "\(row[0])"
            )
        }
    }

    private static func outcome(_ row: [String]) throws -> String {
        let folder = row[0].prefix { $0 != "/" }
        let octets = try Vectors.octets("encryptions/" + row[0])
        do {
            let vector = try EncryptionVector(octets, keysIn: "encryptions/\(folder)")
            let plaintext = String(decoding: try vector.plaintext(key: row[2]), as: UTF8.self)
            let published = try? Vectors.octets("encryptions/\(row[0].dropLast(3))data")
            guard let published else { return "opens" }
            let expected = String(decoding: published, as: UTF8.self)
            return expected.contains(plaintext.trimming()) ? "opens" : "opens to something else"
        } catch let error as XMLError {
            return error.kind == .forbiddenDoctype ? "document type" : "no document"
        } catch let error as XMLEncryptionError {
            return Self.word(error)
        }
    }
}

extension EncryptionVectorTests {
    private static func word(_ error: XMLEncryptionError) -> String {
        switch error {
        case .unsupportedAlgorithm(let uri): "unsupported \(uri)"
        case .decryptionFailed: "fails"
        case .malformed: "malformed"
        default: "refused"
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
