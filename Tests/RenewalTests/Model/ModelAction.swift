import TestSupport

/// One act of a walk; what it chooses among is numbered, so that it means something in any state, also when acts before
/// it are left out.
enum ModelAction: Hashable, Sendable {
    /// Plan, approve and begin a renewal of one of the keys, by the procedures as they stand (choice 0) or otherwise.
    case begin(key: Int, choice: Int, person: Int)
    /// Claim one of the open steps of a renewal by somebody who may.
    case claimOpen(renewal: Int, step: Int, person: Int)
    /// A partner says that its system handles the new key, and it does not.
    case claimFalsely(renewal: Int, step: Int)
    /// Partners do what they only said.
    case keepPromises
    /// Claim any step by anybody.
    case claimAny(renewal: Int, step: Int, person: Int)
    /// Everybody acknowledges what came; `reader` 0 is the addressee, others read in another's place.
    case acknowledge(reader: Int)
    case traffic(messages: Int)
    case wait(seconds: Int)
    case tick
    case override(renewal: Int, step: Int, person: Int)
    case rollBack(renewal: Int, person: Int)
    /// One partner's move is taken back.
    case rollBackPartner(renewal: Int, partner: Int, person: Int)
    case abort(renewal: Int, person: Int)
    /// Propose a downtime of so many seconds at whose end the old key comes back, and accept it or not.
    case proposeWindow(renewal: Int, downtime: Int, seconds: Int, isAccepted: Bool)
    /// Give a version of a key up because others know it: number 0 is the active one; a second person agrees or not.
    case compromise(key: Int, version: Int, person: Int, isAgreed: Bool)
    /// Put a new version of a key into use of which none is left.
    case replaceKey(key: Int)
    /// Let flows and senders go on that nothing keeps standing still.
    case resume
    /// Try the new key with one partner.
    case probe(renewal: Int, partner: Int, person: Int)
    /// Set the share of a partner's messages that try the new key.
    case canary(renewal: Int, partner: Int, share: Int, person: Int)
    /// Senders' stacks run the self-tests that are on offer.
    case selfTest
    /// The runtime fails at its next acts.
    case nodeFails(count: Int)
    /// The process ends at the next commit, or right after it, and begins anew.
    case kill(isAfter: Bool)

    /// An act, likely ones more often.
    static func random(_ random: inout SeededGenerator) -> ModelAction {
        let number = { (random: inout SeededGenerator) in Int.random(in: 0..<1_000, using: &random) }
        let (first, second, third) = (number(&random), number(&random), number(&random))
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<4: return .begin(key: first, choice: third, person: second)
        case 4..<42: return .claimOpen(renewal: first, step: second, person: third)
        case 42..<44:
            let seconds = first % 5 == 0 ? 86_400 : 60 + second * 4
            return .proposeWindow(renewal: first, downtime: third, seconds: seconds, isAccepted: second % 4 != 0)
        case 44..<46: return .claimFalsely(renewal: first, step: second)
        case 46: return .keepPromises
        case 47..<51: return .claimAny(renewal: first, step: second, person: third)
        case 51..<66: return .acknowledge(reader: first % 8 == 0 ? 1 + second : 0)
        case 66..<78: return .traffic(messages: 1 + first % 6)
        case 78..<83: return .wait(seconds: 1 + first)
        case 83..<85: return .wait(seconds: 86_400 * (1 + first % 40))
        case 85..<88: return .tick
        case 88..<90: return .override(renewal: first, step: second, person: third)
        case 90..<93: return .selfTest
        default: return rare(first, second, third, &random)
        }
    }

    private static func rare(_ first: Int, _ second: Int, _ third: Int, _ random: inout SeededGenerator) -> ModelAction
    {
        switch Int.random(in: 0..<10, using: &random) {
        case 0: .rollBack(renewal: first, person: second)
        case 1: first % 4 == 0 ? .abort(renewal: second, person: third) : .tick
        case 2: .rollBackPartner(renewal: first, partner: second, person: third)
        case 3: .probe(renewal: first, partner: second, person: third)
        case 4: .canary(renewal: first, partner: second, share: first / 7, person: third)
        case 5: .nodeFails(count: 1 + first % 2)
        case 6: .resume
        case 7: .replaceKey(key: first)
        case 8 where first % 2 == 0:
            .compromise(key: second, version: first % 4 == 0 ? 0 : third, person: third, isAgreed: second % 3 != 0)
        default: .kill(isAfter: first % 2 == 0)
        }
    }
}
