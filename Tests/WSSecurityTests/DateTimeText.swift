import FoundationEssentials

@testable import WSSecurity

/// Moments written as text.
enum DateTimeText {
    /// The moment, or the distant past, with which nothing passes.
    static func date(_ text: String) -> Date { DateTime.date(of: text) ?? .distantPast }

    /// The text as messages have it.
    static func text(of moment: Date) -> String { DateTime.text(of: moment) }
}
