public import FoundationEssentials
import Synchronization

/// A replay cache in the memory of one process: for a receiver that runs once and may forget when it stops.
public final class MemoryReplayCache: ReplayCache {
    private let capacity: Int
    private let state = Mutex(State())

    /// A cache of at most `capacity` living marks, each of about 150 octets.
    public init(capacity: Int = 100_000) { self.capacity = capacity }

    /// Records `marks`; amortised constant time for each.
    public func record(_ marks: [ReplayMark], until expiry: Date, now: Date) -> ReplayVerdict {
        state.withLock { state in
            state.forget(before: now)
            let marks = Set(marks)
            guard !marks.contains(where: { state.isKnown($0, at: now) }) else { return .repeated }
            guard state.expiries.count + marks.count <= capacity else { return .full }
            for mark in marks { state.insert(mark, until: expiry) }
            return .recorded
        }
    }

    /// How many marks are held, those included that expired within the last minute.
    public var count: Int { state.withLock { $0.expiries.count } }
}

/// Marks by expiry: those of one minute go together.
private struct State {
    private(set) var expiries: [ReplayMark: Date] = [:]
    private var minutes: [Int: [ReplayMark]] = [:]
    private var oldest = Int.max

    func isKnown(_ mark: ReplayMark, at now: Date) -> Bool {
        expiries[mark].map { now <= $0 } ?? false
    }

    mutating func insert(_ mark: ReplayMark, until expiry: Date) {
        let minute = Self.minute(of: expiry)
        expiries[mark] = expiry
        minutes[minute, default: []].append(mark)
        oldest = min(oldest, minute)
    }

    /// Drops the minutes that are wholly past.
    mutating func forget(before now: Date) {
        let current = Self.minute(of: now)
        guard oldest < current else { return }
        for minute in minutes.keys where minute < current {
            for mark in minutes.removeValue(forKey: minute) ?? [] where expiries[mark].map({ $0 < now }) ?? false {
                expiries[mark] = nil
            }
        }
        oldest = minutes.keys.min() ?? Int.max
    }

    private static func minute(of date: Date) -> Int {
        Int((date.timeIntervalSince1970 / 60).rounded(.down).clamped(to: -1e15...1e15))
    }
}

extension Double {
    fileprivate func clamped(to range: ClosedRange<Double>) -> Double {
        Swift.min(Swift.max(self, range.lowerBound), range.upperBound)
    }
}
