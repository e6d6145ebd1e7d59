import FoundationEssentials

/// A moment in the Gregorian calendar, in UTC.
struct CalendarTime {
    private let secondsSince1970: Int

    /// The parts as ASN.1 times have them, already checked for their ranges.
    init(_ year: Int, _ month: Int, _ day: Int, _ hours: Int, _ minutes: Int, _ seconds: Int) {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        let days = era * 146_097 + dayOfEra - 719_468
        secondsSince1970 = ((days * 24 + hours) * 60 + minutes) * 60 + seconds
    }

    var date: Date { Date(timeIntervalSince1970: Double(secondsSince1970)) }
}
