import Foundation
import ManagementAPI

/// How facts read in text output.
enum Wording {
    /// `senderAdministrator` as `sender administrator`.
    static func spoken(_ word: String) -> String {
        word.reduce(into: "") { spoken, letter in
            spoken += letter.isUppercase ? " " + letter.lowercased() : String(letter)
        }
    }

    /// `2026-01-31 10:00:00Z`, or `-` when there is no moment.
    static func moment(_ moment: Date?) -> String {
        guard let moment else { return "-" }
        return moment.formatted(Date.ISO8601FormatStyle(dateTimeSeparator: .space))
    }

    /// The day of a moment, or `-`.
    static func day(_ moment: Date?) -> String {
        String(Self.moment(moment).prefix(10))
    }
}
