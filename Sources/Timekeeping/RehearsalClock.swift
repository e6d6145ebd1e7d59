package import FoundationEssentials
import Synchronization

/// The system's clock moved by an offset that the processes of a rehearsal share in a file.
///
/// The file holds seconds as decimal text and is replaced as a whole. A missing file means no offset; text that is not
/// a number leaves the offset that was last read. A change is seen within 50 milliseconds.
package final class RehearsalClock: WallClock {
    private static let cacheDuration = Duration.milliseconds(50)
    private static let offsetLimit = 100.0 * 366 * 86_400

    private let offsetFile: String
    private let system: any WallClock
    private let cache: Mutex<Reading>

    /// Reads offsets from the file at path `offsetFile`; `system` is what is moved.
    package init(offsetFile: String, system: any WallClock = SystemWallClock()) {
        self.offsetFile = offsetFile
        self.system = system
        cache = Mutex(Reading(offset: Self.offset(in: offsetFile) ?? 0, readAt: .now))
    }

    package var now: Date {
        let offset = cache.withLock { reading in
            let instant = ContinuousClock.now
            if instant - reading.readAt >= Self.cacheDuration {
                reading = Reading(offset: Self.offset(in: offsetFile) ?? reading.offset, readAt: instant)
            }
            return reading.offset
        }
        return system.now.addingTimeInterval(offset)
    }

    /// The seconds in the file, zero when there is none, `nil` when it holds something else.
    private static func offset(in file: String) -> Double? {
        guard let data = FileManager.default.contents(atPath: file) else { return 0 }
        let text = String(decoding: data.prefix(64), as: UTF8.self)
        guard let seconds = Double(text.filter { !$0.isWhitespace }) else { return nil }
        return seconds.isFinite && abs(seconds) <= offsetLimit ? seconds : nil
    }

    private struct Reading {
        var offset: Double
        var readAt: ContinuousClock.Instant
    }
}
