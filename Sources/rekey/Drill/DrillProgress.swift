import Foundation

/// Says on standard error what the rehearsal does at the moment.
struct DrillProgress: Sendable {
    private let began = ContinuousClock.now

    /// One line, with the seconds since the beginning.
    func say(_ text: String) {
        let seconds = began.duration(to: .now) / .seconds(1)
        let line = String(format: "%6.1f s  ", seconds) + text + "\n"
        try? FileHandle.standardError.write(contentsOf: Data(line.utf8))
    }

    /// Seconds since the beginning.
    var elapsedSeconds: Double { began.duration(to: .now) / .seconds(1) }
}
