/// A length of time for people.
package enum TimeSpan {
    /// Such as `3 h 12 min`, `45 s` or `12 days`, whatever its sign.
    package static func text(_ seconds: Double) -> String {
        let whole = Int(min(abs(seconds).rounded(), 1e15))
        switch whole {
        case ..<120: return "\(whole) s"
        case ..<7200: return "\(whole / 60) min \(whole % 60) s"
        case ..<172_800: return "\(whole / 3600) h \(whole % 3600 / 60) min"
        default: return "\(whole / 86_400) days"
        }
    }
}
