import FoundationEssentials
import Keystore

/// What a decision is made with, besides the store: the moment, the rules and what was seen of the runtime.
struct RenewalScope: Sendable {
    let now: Date
    let settings: RenewalSettings
    let masterKey: MasterKey
    let tenant: String
    var runtime: RuntimeObservation

    /// The coordinator itself, as journal and audit name it.
    var system: Actor { Actor(name: "rekey", role: .system, organisation: tenant) }

    /// The same, with the waits of a plan.
    func waiting(as plan: RenewalPlan) -> RenewalScope {
        RenewalScope(
            now: now,
            settings: plan.settings(settings),
            masterKey: masterKey,
            tenant: tenant,
            runtime: runtime
        )
    }

    var rules: GuardRules { GuardRules(settings: settings) }

    var tenantAdministrator: Party { Party(role: .tenantAdministrator, organisation: tenant) }

    var integrationDeveloper: Party { Party(role: .integrationDeveloper, organisation: tenant) }
}

/// What was seen of the running tenant just before a decision.
struct RuntimeObservation: Hashable, Sendable {
    /// The least keyset generation that every serving node acknowledged.
    var acknowledgedGeneration = 0
    /// The flows of the plan that a node serves.
    var deployedFlows: Set<String> = []
    /// How a key can be tried on each of them.
    var proofWays: [String: ProofWays] = [:]
    /// The self-tests of the renewal's new version that senders passed.
    var passedSelfTests: Set<Probe> = []
}

/// Whether guards decide.
package enum GuardMode: String, Hashable, Sendable {
    /// As always.
    case guarded
    /// In a rehearsal that shows what guards are for: claims out of order are accepted, nothing is proved.
    ///
    /// The clocks of destruction hold nevertheless.
    case rehearsalUnguarded
}
