import Foundation
import Logging
import Testing

@testable import rekey

@Suite("Log records")
struct LogTests {
    private static let hostile = "a\nb\r\u{2028}\u{85}\u{202E}\u{1B}[31m\"}{\"message\":\"forged\"\\"

    private func line(_ metadata: Logger.Metadata, message: String = "message refused") -> LogLine {
        LogLine(
            at: Date(timeIntervalSince1970: 1_798_761_600.25),
            level: .warning,
            logger: "rekey",
            message: message,
            metadata: metadata
        )
    }

    @Test("A JSON record is one object on one line, with its facts by name")
    func json() throws {
        let text = line(["flow.id": "orders", "list": ["a", "b"], "time": "not ours", "nested": ["k": "v"]]).text(.json)
        #expect(text.hasPrefix(#"{"time":"2027-01-01T00:00:00.250Z","level":"warning","logger":"rekey","#))
        let object = try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        #expect(object["flow.id"] as? String == "orders" && object["metadata.time"] as? String == "not ours")
        #expect(object["list"] as? [String] == ["a", "b"] && object["nested"] as? [String: String] == ["k": "v"])
    }

    @Test("Whatever a value holds, it forges no record and no terminal's colour", arguments: LogFormat.allCases)
    func forging(_ format: LogFormat) throws {
        let text = line(["cause": "\(Self.hostile)", "\(Self.hostile)": "x", "list": ["\(Self.hostile)"]]).text(format)
        let harmful = text.dropLast().unicodeScalars
            .filter {
                $0.properties.generalCategory == .control || $0.properties.generalCategory == .format
                    || $0.properties.generalCategory == .lineSeparator
            }
        #expect(harmful.isEmpty && text.hasSuffix("\n"))
        guard format == .json else { return }
        let object = try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        #expect(object["message"] as? String == "message refused" && object["cause"] as? String == Self.hostile)
    }

    @Test("A text record has its facts as words, and its message last")
    func words() {
        let text = line(["flow.id": "orders", "cause": "two words", "empty": ""]).text(.text)
        #expect(
            text == """
                2027-01-01T00:00:00.250Z warning rekey: cause="two words" empty="" flow.id=orders message refused

                """
        )
    }

    @Test("A long value is cut off")
    func long() {
        #expect(line(["cause": "\(String(repeating: "x", count: 100_000))"]).text(.json).utf8.count < 3000)
    }
}
