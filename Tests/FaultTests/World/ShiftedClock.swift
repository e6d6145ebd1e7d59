import Foundation
import Timekeeping

/// The clock that tenant and partners share, which a test moves.
struct ShiftedClock: Sendable {
    private let file: URL
    private let clock: RehearsalClock

    init(folder: URL) {
        file = folder.appending(path: "clock")
        clock = RehearsalClock(offsetFile: file.path)
    }

    var now: Date { clock.now }

    /// Stands `seconds` ahead of the system's clock from now on; returns when every process has seen it.
    func jump(to seconds: Int) async throws {
        try Data(String(seconds).utf8).write(to: file, options: .atomic)
        try await Task.sleep(for: .milliseconds(150))
    }
}
