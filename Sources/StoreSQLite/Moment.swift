import Foundation
import GRDB

/// A moment as the store keeps it: whole microseconds since 1970 in UTC.
struct Moment {
    let date: Date

    init(_ date: Date) {
        self.date = date
    }

    /// The moment of a column.
    init(microseconds: Int64) {
        self.init(Date(timeIntervalSince1970: Double(microseconds) / 1_000_000))
    }
}

extension Moment: DatabaseValueConvertible {
    var databaseValue: DatabaseValue {
        // Dates that no clock shows (such as `distantFuture` scaled) still fit: microseconds of ±290,000 years.
        let microseconds = (date.timeIntervalSince1970 * 1_000_000).rounded()
        return Int64(exactly: microseconds)?.databaseValue ?? .null
    }

    static func fromDatabaseValue(_ value: DatabaseValue) -> Moment? {
        Int64.fromDatabaseValue(value).map { Moment(microseconds: $0) }
    }
}

extension Row {
    /// The moment in a column that is never null.
    func moment(_ column: String) -> Date {
        let moment: Moment = self[column]
        return moment.date
    }

    /// The moment in a column, or `nil`.
    func optionalMoment(_ column: String) -> Date? {
        let moment: Moment? = self[column]
        return moment?.date
    }
}
