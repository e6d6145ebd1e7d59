import Foundation
import Keystore
import Testing

/// What people see when a certificate is wrong, held to the table of docs/operations.md word for word.
@Suite struct DocumentedMistakeTests {
    private static func table() throws -> [[String]] {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let page = try String(contentsOf: root.appending(path: "docs/operations.md"), encoding: .utf8)
        let start = try #require(page.range(of: "### What a person sees when a certificate is wrong"))
        let lines = page[start.upperBound...].split(separator: "\n").prefix { !$0.hasPrefix("##") }
        return lines.filter { $0.hasPrefix("| ") }.dropFirst(2)
            .map { line in
                line.split(separator: " | ").map { $0.trimmingCharacters(in: CharacterSet(charactersIn: "| ")) }
            }
    }

    @Test func `every row of the page is what the program says`() throws {
        let (alias, other) = try (KeyAlias("northwind-sign"), KeyAlias("contoso-sign"))
        let (first, second) = (KeyVersionID(alias: alias, number: 1), KeyVersionID(alias: alias, number: 2))
        let theirs = KeyVersionID(alias: other, number: 1)
        let moment = { (day: String) throws in try Date("\(day)T00:00:00Z", strategy: .iso8601) }
        let errors: [KeystoreError] = try [
            .certificateOfAnotherKey(alias, other: theirs),
            .wrongFingerprint(alias, expected: "3A:…", actual: "91:…"),
            .ambiguous(alias, identifier: "issuer and serial number", other: theirs),
            .expired(second, notAfter: moment("2026-11-01")), .notYetValid(second, notBefore: moment("2026-12-01")),
            .sameKey(first), .weakKey(alias, key: "RSA 1024"), .compromisedKey(alias, as: first),
            .notSuitable(alias, allows: "keyEncipherment", use: "signing"),
            .issuerNotValid(
                alias,
                certificate: "CN=issuing",
                from: moment("2026-12-01"),
                to: moment("2027-04-01")
            ),
            .brokenChain(alias, certificate: "CN=stranger", cause: "it issued none of the others"),
        ]
        let shown = try Self.table().map { try #require($0.last) }
        let quoted = errors.map { "`\($0.description.replacing("`", with: "'"))`" }
        #expect(shown == quoted)
    }
}
