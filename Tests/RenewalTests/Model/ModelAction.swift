import TestSupport

/// One act of a walk; what it chooses among is numbered, so that it means something in any state, also when acts before
/// it are left out.
enum ModelAction: Hashable, Sendable {
    /// Plan and begin a renewal of one of the keys.
    case begin(key: Int, person: Int)
    /// Claim one of the open steps of a renewal by somebody who may.
    case claimOpen(renewal: Int, step: Int, person: Int)
    /// Claim any step by anybody.
    case claimAny(renewal: Int, step: Int, person: Int)
    /// Everybody acknowledges what came; `reader` 0 is the addressee, others read in another's place.
    case acknowledge(reader: Int)
    case traffic(messages: Int)
    case wait(seconds: Int)
    case tick
    case override(renewal: Int, step: Int, person: Int)
    case rollBack(renewal: Int, person: Int)
    case abort(renewal: Int, person: Int)
    /// The runtime fails at its next acts.
    case nodeFails(count: Int)
    /// The process ends at the next commit, or right after it, and begins anew.
    case kill(isAfter: Bool)

    /// An act, likely ones more often.
    static func random(_ random: inout SeededGenerator) -> ModelAction {
        let number = { (random: inout SeededGenerator) in Int.random(in: 0..<1_000, using: &random) }
        let (first, second, third) = (number(&random), number(&random), number(&random))
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<4: return .begin(key: first, person: second)
        case 4..<46: return .claimOpen(renewal: first, step: second, person: third)
        case 46..<51: return .claimAny(renewal: first, step: second, person: third)
        case 51..<68: return .acknowledge(reader: first % 8 == 0 ? 1 + second : 0)
        case 68..<80: return .traffic(messages: 1 + first % 6)
        case 80..<86: return .wait(seconds: 1 + first)
        case 86..<88: return .wait(seconds: 86_400 * (1 + first % 40))
        case 88..<92: return .tick
        case 92..<95: return .override(renewal: first, step: second, person: third)
        case 95: return .rollBack(renewal: first, person: second)
        case 96: return first % 4 == 0 ? .abort(renewal: second, person: third) : .tick
        case 97: return .nodeFails(count: 1 + first % 2)
        default: return .kill(isAfter: first % 2 == 0)
        }
    }
}
