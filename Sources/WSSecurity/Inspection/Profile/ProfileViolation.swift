/// A place where a message departs from WS-I Basic Security Profile 1.1.
public struct ProfileViolation: Codable, Hashable, Sendable {
    /// How strongly the profile asks.
    public enum Level: String, Codable, Hashable, Sendable {
        /// The profile says MUST.
        case must
        /// The profile says SHOULD.
        case should
        /// The profile names only algorithms of 2010; what the message uses is newer and right today.
        case outdated
    }

    /// The rule's number, such as `R3204`.
    public let rule: String
    /// How strongly it asks.
    public let level: Level
    /// What it asks for.
    public let text: String
    /// The element that departs from it, with its usual prefix.
    public let element: String
    /// The line on which that element begins, from 1.
    public let line: Int
}
