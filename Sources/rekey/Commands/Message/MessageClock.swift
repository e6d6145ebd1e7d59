import ArgumentParser
import Foundation
import Timekeeping

/// The moment at which a message is made or received.
struct MessageClock: ParsableArguments {
    @Option(help: "The moment to take for now (ISO 8601); else the clock's.")
    var at: String?

    /// The moment.
    func now() throws(Failure) -> Date {
        guard let at else { return SystemWallClock().now }
        return try Moment(at).date
    }
}
