import ArgumentParser
import Foundation
import ManagementAPI

/// A procedure carried out in a wrong order, to see the tenant refuse it, or to see what happens when nothing does.
enum Sabotage: String, CaseIterable, ExpressibleByArgument, Sendable {
    /// Exchange before the partner is ready.
    case earlyExchange = "early-exchange"
    /// Destroy before the ninety days are over.
    case earlyDestroy = "early-destroy"
    /// Remove the old key while messages under it may still travel.
    case earlyRemoval = "early-removal"
    /// A role acts for another.
    case wrongRole = "wrong-role"
    /// The early exchange with the guards switched off: it must lose messages.
    case unguarded

    /// The procedure that is sabotaged.
    var procedure: DrillProcedure {
        let useCase = self == .earlyRemoval ? "TenantDecryptsOutboundResponse" : "TenantSignsOutboundRequest"
        return DrillProcedure(useCase: useCase, variant: self == .earlyRemoval ? "only" : "dual")
    }

    /// What is done wrong, in words.
    var title: String {
        switch self {
        case .earlyExchange: "exchange the key pair before the receiver can verify the new one"
        case .earlyDestroy: "destroy the old key pair before its 90 days are over"
        case .earlyRemoval: "remove the old key pair while messages encrypted with it may still arrive"
        case .wrongRole: "act in a step of another role's"
        case .unguarded: "exchange before the receiver is ready, with the guards switched off"
        }
    }
}

/// What `rekey drill --sabotage … -o json` prints.
struct SabotageReport: Codable, Sendable {
    /// The sabotage.
    let sabotage: String
    /// Each wrong move with the tenant's answer.
    let attempts: [Attempt]
    /// Messages that the sender started.
    let sent: Int
    /// One-way messages that the tenant keeps, because the receiver does not take them.
    let kept: Int
    /// Messages lost.
    let lost: Int
    /// Why the first of them was lost.
    let firstLoss: String?

    /// A wrong move.
    struct Attempt: Codable, Sendable {
        /// What was tried.
        let attempt: String
        /// Whether the tenant refused.
        let refused: Bool
        /// Why, in the tenant's words.
        let reason: String?
        /// What to do instead, in the tenant's words.
        let remedy: String?
    }

    /// Whether every wrong move was refused and nothing was lost.
    var isGood: Bool { lost == 0 && attempts.allSatisfy(\.refused) }

    /// The report as a person reads it.
    var text: String {
        let moves = attempts.map { attempt in
            attempt.refused
                ? "refused: \(attempt.attempt)\n  why: \(attempt.reason ?? "-")\n  instead: \(attempt.remedy ?? "-")"
                : "NOT refused: \(attempt.attempt)"
        }
        let losses =
            ["\(sent) messages sent, \(kept) kept, \(lost) lost"]
            + [firstLoss.map { "first loss: \($0)" }].compactMap { $0 }
        return (["sabotage \(sabotage)"] + moves + losses).joined(separator: "\n")
    }
}
