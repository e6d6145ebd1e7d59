/// What a replay cache says of marks.
public enum ReplayVerdict: Hashable, Sendable {
    /// None was known; all are recorded now.
    case recorded
    /// One was known: the message was accepted before.
    case repeated
    /// There is no room to remember them, so the message cannot be accepted.
    case full
}
