import FoundationEssentials

/// Which logins become entries of the audit log: each person once an hour from each address, and so many failed ones
/// that nobody who guesses can fill the log.
struct LoginRecord {
    /// How it ended.
    enum Outcome: String {
        case succeeded
        case failed
        case throttled
    }

    /// What to write.
    struct Entry: Hashable {
        /// Such as `login.failed`.
        let action: String
        /// For people.
        let detail: String
    }

    private static let repetition: TimeInterval = 3_600
    private static let window: TimeInterval = 60
    private static let failuresInWindow = 20
    private static let memoryLimit = 10_000

    private var seen: [String: Date] = [:]
    private var windowBegan = Date.distantPast
    private var failures = 0
    private var unwritten = 0

    /// The entry to write of a login; `nil` when it is one too many.
    ///
    /// What was left out is counted in the next entry of a failure.
    mutating func note(_ outcome: Outcome, of name: String?, from address: String, at now: Date) -> Entry? {
        switch outcome {
        case .succeeded: return noteSuccess(of: name ?? "", from: address, at: now)
        case .failed, .throttled: return noteFailure(outcome, from: address, at: now)
        }
    }

    private mutating func noteSuccess(of name: String, from address: String, at now: Date) -> Entry? {
        let key = "\(name)\n\(address)"
        if let last = seen[key], last <= now, now.timeIntervalSince(last) < Self.repetition { return nil }
        if seen.count >= Self.memoryLimit { seen.removeAll() }
        seen[key] = now
        return Entry(action: "login.succeeded", detail: "from \(address)")
    }

    private mutating func noteFailure(_ outcome: Outcome, from address: String, at now: Date) -> Entry? {
        if now < windowBegan || now.timeIntervalSince(windowBegan) >= Self.window {
            (windowBegan, failures) = (now, 0)
        }
        failures += 1
        guard failures <= Self.failuresInWindow else {
            unwritten += 1
            return nil
        }
        let more = unwritten == 0 ? "" : ", and \(unwritten) more before that were not written"
        unwritten = 0
        return Entry(action: "login.\(outcome.rawValue)", detail: "from \(address)\(more)")
    }
}
