import Foundation
import ManagementAPI

/// A moment on the command line.
struct Moment {
    let date: Date

    /// Reads ISO 8601, such as `2026-01-31T10:00:00Z`.
    init(_ text: String) throws(Failure) {
        guard let date = ManagementCoding.moment(in: text) else {
            throw Failure("not a moment: \(text)", hint: "write it as 2026-01-31T10:00:00Z", status: .usage)
        }
        self.date = date
    }
}
