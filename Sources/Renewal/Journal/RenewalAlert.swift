/// What of a renewal's journal somebody has to look into.
package enum RenewalAlert: String, Hashable, Sendable, CaseIterable {
    /// A message with the old key arrived after its partner had changed.
    case lateOldKey
    /// A partner's system refused the new key in a trial: a probe, or messages of a canary.
    case refusedTrial
    /// A step's deadline passed.
    case overdueStep
    /// Messages under the new key were refused after the exchange.
    case refusedExchange
    /// The agreed end of a downtime passed while traffic stood still.
    case overrunDowntime

    /// The alert that an event is; `nil` when it is none.
    init?(_ event: RenewalEvent) {
        switch event {
        case .oldKeySeen: self = .lateOldKey
        case .probed(_, _, let finding) where finding.outcome == .refused: self = .refusedTrial
        case .canaryMoved(_, let canary) where canary.steppedBack: self = .refusedTrial
        case .becameOverdue: self = .overdueStep
        case .failed: self = .refusedExchange
        case .downtimeOverran: self = .overrunDowntime
        default: return nil
        }
    }
}
