import Foundation
import Testing

@Suite("The page about partner systems")
struct PartnerSystemPageTests {
    /// What is in its blocks of one language, in order.
    private static func blocks(_ language: String) throws -> [String] {
        let page = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../docs/partner-systems.md")
        let parts = try String(contentsOf: page.standardizedFileURL, encoding: .utf8).components(separatedBy: "```")
        return parts.enumerated().filter { $0.offset % 2 == 1 && $0.element.hasPrefix(language + "\n") }
            .map { String($0.element.dropFirst(language.count + 1)) }
    }

    @Test("has files with which a sender and a receiver start, and lines that ask them how they are")
    func starts() throws {
        let program = try Program()
        defer { program.remove() }
        let files = try Self.blocks("yaml")
        try #require(files.count == 2)
        for (name, role, file) in [("northwind", "sender", files[0]), ("fabrikam", "receiver", files[1])] {
            try program.file("\(role).yaml", file)
            try program.file("\(name).control-token", "a-token-for-tests-only\n")
        }
        let lines = try #require(Self.blocks("").first)
        let ofSender = lines.replacing("fabrikam", with: "northwind").replacing("receiver", with: "sender")
        for lines in [lines, ofSender] {
            try program.file("lines", lines)
            let ending = try program.run(shell: "timeout 60 bash lines")
            #expect(ending.status == 0 && ending.output.contains("\"held\""), "\(ending)")
        }
    }
}
