import Foundation
import Timekeeping

/// Moves the clock that every process of the rehearsal reads.
struct TimeMachine: Sendable {
    /// The file with the seconds by which the rehearsal is ahead of the system's clock.
    let offsetFile: URL
    private let clock: RehearsalClock

    /// A time machine that stands at the system's own time.
    init(offsetFile: URL) throws {
        self.offsetFile = offsetFile
        try Data("0".utf8).write(to: offsetFile, options: .atomic)
        clock = RehearsalClock(offsetFile: offsetFile.path)
    }

    /// The rehearsal's moment.
    var now: Date { clock.now }

    /// Moves on to `moment`, never back, and returns when every process has noticed: their clocks look at the file only
    /// every fifty milliseconds.
    func travel(to moment: Date) async throws {
        let ahead = moment.timeIntervalSince(Date(timeIntervalSinceNow: 0))
        let offset = max(ahead, now.timeIntervalSinceNow)
        try Data(String(Int(offset.rounded(.up))).utf8).write(to: offsetFile, options: .atomic)
        try await Task.sleep(for: .milliseconds(150))
    }
}
