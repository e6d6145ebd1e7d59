package import FoundationEssentials
package import Keystore

/// What can happen to a renewal.
///
/// The JSON of a case is stable: journals outlive programs.
package enum RenewalEvent: Hashable, Codable, Sendable {
    /// The plan was made.
    case planned(plan: RenewalPlan)
    /// The plan was changed, before its approval.
    case replanned(plan: RenewalPlan)
    /// The plan was approved: from now on it is what will be done.
    case approved
    /// Work began; `unguarded` only in a rehearsal that switches the guards off.
    case started(unguarded: Bool)
    /// A step's earlier steps are done and its role may act; past `deadline` it is overdue.
    case opened(step: StepID, deadline: Date?)
    /// A role said that it did (or does) the step; what the runtime then has to do follows from it.
    case claimed(step: StepID, note: String?, outOfOrder: Bool)
    /// One party agreed to a downtime.
    case agreed(step: StepID, party: Party, window: DowntimeWindow)
    /// One party proposed a downtime, or another one than was proposed or agreed.
    case windowProposed(step: StepID, party: Party, proposal: WindowProposal)
    /// One party called a downtime off before it began.
    case windowCancelled(step: StepID, party: Party, reason: String)
    /// Traffic stood still from this moment on, by the runtime's own state.
    case downtimeBegan(step: StepID, moment: Date)
    /// Traffic flows again.
    case downtimeEnded(step: StepID, moment: Date)
    /// The agreed end passed, and traffic stands still.
    case downtimeOverran(step: StepID, end: Date)
    /// A downtime of one partner, in a plan in which each moves by itself, was taken back: its messages are protected with the
    /// old version again, nobody else's are touched, and its steps from the agreement on are to be done anew.
    case takenBack(step: StepID, partner: PartnerID, reason: String, generation: Int)
    /// Somebody was reminded, so many seconds before the deadline (or after it, when negative).
    case reminded(step: StepID, secondsBefore: Int, notification: RenewalNotification.ID)
    /// The tenant's administrators heard of a step so many seconds after its deadline.
    case escalated(step: StepID, secondsAfter: Int, notification: RenewalNotification.ID)
    /// The new version is in the keystore, accepted from `generation` on.
    case versionAdded(step: StepID, version: KeyVersionID, generation: Int)
    /// A version that was staged before is the new one.
    case versionTaken(step: StepID, version: KeyVersionID, generation: Int)
    /// The alias changed from the old to the new version.
    case exchanged(step: StepID, from: KeyVersionID, to: KeyVersionID, generation: Int)
    /// One partner's messages are protected with the new version from now on; the alias changes when all have moved.
    case moved(step: StepID, partner: PartnerID, to: KeyVersionID, generation: Int)
    /// One partner's messages are protected with the old version again; its step may be done again.
    case movedBack(step: StepID, partner: PartnerID, reason: String, failures: Int, generation: Int)
    /// One partner's messages are protected with both versions from now on.
    case doubled(step: StepID, partner: PartnerID, with: KeyVersionID, generation: Int)
    /// A notification was written.
    case informed(step: StepID, notification: RenewalNotification.ID)
    /// Its addressee acknowledged it.
    case acknowledged(step: StepID, notification: RenewalNotification.ID)
    /// The proof was accepted.
    case verified(step: StepID, evidence: Evidence)
    /// A step went wrong in a way that only a rollback or an override mends.
    case failed(step: StepID, reason: String)
    /// Somebody asks to accept a step without its proof.
    case overrideRequested(step: StepID, reason: String)
    /// A second person agreed to it.
    case overridden(step: StepID, reason: String, requestedBy: Actor)
    /// The step has nothing left to do.
    case skipped(step: StepID, reason: String)
    /// The step's deadline passed.
    case becameOverdue(step: StepID)
    /// A message with the old key arrived after its partner had changed; the clock of the step begins anew.
    case oldKeySeen(step: StepID, moment: Date)
    /// The old version is no longer accepted.
    case stoppedAccepting(step: StepID, version: KeyVersionID, generation: Int)
    /// The old version's private key was erased; the claim's and this entry's actor are the two persons.
    case destroyed(step: StepID, version: KeyVersionID)
    /// The new version may protect the messages of this one trial before the exchange.
    case probeBegan(step: StepID, probe: Probe)
    /// What that showed.
    case probed(step: StepID, probe: Probe, finding: ProbeFinding)
    /// Another share of messages to a receiver is protected with the new version from now on.
    case canaryMoved(step: StepID, canary: Canary)
    /// Something better than its role's word showed that a settled step was done.
    case confirmed(step: StepID, evidence: Evidence)
    /// Messages that trials protected with the new version before the exchange, which prove nothing about it.
    case usedBefore(step: StepID, uses: [PriorUse])
    /// The old version is active again.
    case rolledBack(reason: String, generation: Int)
    /// A version of the alias is known to others and was given up at once; `requestedBy` said so before a second person did.
    case compromised(
        version: KeyVersionID,
        successor: KeyVersionID?,
        reason: String,
        requestedBy: String?,
        generation: Int
    )
    /// The renewal ended without an exchange.
    case aborted(reason: String)
    /// Every step is done.
    case completed
}
