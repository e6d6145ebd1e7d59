import FoundationEssentials
import TestSupport
import Testing
import XML

/// The table says of each file: whether its makers hold it valid, the key, what comes of it here, and why when the two differ.
///
/// Keys: `-` those that the file brings, else `secret:HEXADECIMAL`, `key:FILE` or `certificate:FILE` of the set.
@Suite("XML Signatures of other stacks come out as Tests/Vectors/signatures/OUTCOME.tsv says")
struct SignatureVectorTests {
    static let rows = Result { try Vectors.rows("signatures/OUTCOME.tsv") }

    @Test("each of the table", arguments: try rows.get())
    func vector(_ row: [String]) throws {
        let outcome = try Self.outcome(row)
        #expect(outcome == row[3], "\(row[0])")
    }

    @Test("what its makers hold invalid is never valid here, and what differs says why")
    func consistent() throws {
        for row in try Self.rows.get() {
            #expect(row[1] == "valid" || row[3] != "valid", "\(row[0])")
            #expect(row[1] == row[3] || row[1] == "invalid" || row.count == 5 && !row[4].isEmpty, "\(row[0])")
        }
    }

    private static func outcome(_ row: [String]) throws -> String {
        let file = "signatures/" + row[0]
        let folder = row[0].prefix { $0 != "/" }
        let octets = try Vectors.octets(file)
        do throws(XMLError) {
            let vector = try SignatureVector(octets, keysIn: "signatures/\(folder)")
            return try vector.outcome(key: row[2])
        } catch {
            return error.kind == .forbiddenDoctype ? "document type" : "no document: \(error)"
        }
    }
}
