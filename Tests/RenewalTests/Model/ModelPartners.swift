import Keystore
import Renewal
import Synchronization

/// The partners' systems: which versions each handles or protects with, who is silent, and what was said but not done.
final class ModelPartners: Sendable {
    /// A change to a partner's system that its administrator said was made.
    struct Change: Hashable {
        let renewal: RenewalID
        let usage: KeyUsage
        let new: KeyVersionID
        /// Whether the system handles the old key as well from then on.
        let keepsOld: Bool
    }

    private struct Systems {
        /// By the use that the tenant makes of the key.
        var versions: [KeyUsage: Set<KeyVersionID>] = [:]
        var silent: Set<PartnerID> = []
        var promises: [Change] = []
    }

    private let systems = Mutex(Systems())

    func versions(of usage: KeyUsage) -> Set<KeyVersionID> { systems.withLock { $0.versions[usage] ?? [] } }

    func begin(_ usage: KeyUsage, with version: KeyVersionID) { systems.withLock { $0.versions[usage] = [version] } }

    func set(_ usage: KeyUsage, to versions: Set<KeyVersionID>) { systems.withLock { $0.versions[usage] = versions } }

    func carryOut(_ change: Change) {
        systems.withLock { systems in
            let old = change.keepsOld ? systems.versions[change.usage] ?? [] : []
            systems.versions[change.usage] = old.union([change.new])
        }
    }

    func remove(_ version: KeyVersionID, from usage: KeyUsage) {
        systems.withLock { _ = $0.versions[usage]?.remove(version) }
    }

    /// The partner gives a version up again that did not come into use.
    func goBack(_ usage: KeyUsage, from new: KeyVersionID, to old: KeyVersionID) {
        systems.withLock { systems in
            systems.promises.removeAll { $0.usage == usage && $0.new == new }
            if systems.versions[usage] == [new] { systems.versions[usage] = [old] }
        }
    }

    func setSilent(_ partner: PartnerID, _ isSilent: Bool) {
        systems.withLock { systems in
            if isSilent { systems.silent.insert(partner) } else { systems.silent.remove(partner) }
        }
    }

    func isSilent(_ partner: PartnerID) -> Bool { systems.withLock { $0.silent.contains(partner) } }

    /// Its administrator says that a change was made, and it was not.
    func promise(_ change: Change) { systems.withLock { $0.promises.append(change) } }

    func hasPromised(_ usage: KeyUsage, toHandle version: KeyVersionID) -> Bool {
        systems.withLock { systems in systems.promises.contains { $0.usage == usage && $0.new == version } }
    }

    /// What was said is done, as far as `isStillWanted`.
    func keepPromises(_ isStillWanted: (Change) throws -> Bool) rethrows {
        let promises = systems.withLock { systems in
            defer { systems.promises = [] }
            return systems.promises
        }
        for promise in promises where try isStillWanted(promise) { carryOut(promise) }
    }
}
