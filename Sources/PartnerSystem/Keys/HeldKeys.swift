/// The keys of a partner system and the rules by which they change; a value, so that a message works with one state of them.
struct HeldKeys: Sendable {
    let mode: PartnerKeyMode
    private(set) var all: [HeldKey]

    /// - Throws: ``PartnerRefusal/holdsOneKeyOnly(use:)`` when more keys of a use are in use than the mode allows.
    init(mode: PartnerKeyMode, all: [HeldKey]) throws(PartnerRefusal) {
        self.mode = mode
        self.all = all
        for use in PartnerKeyUse.allCases where inUse(use).count > 1 && !mayHoldSeveral(use) {
            throw .holdsOneKeyOnly(use: use)
        }
    }

    /// The keys of `use` that are in use, oldest first.
    func inUse(_ use: PartnerKeyUse) -> [HeldKey] {
        all.filter { $0.use == use && $0.inUse }
    }

    /// Holds a key without taking it into use; one that is held already stays as it is.
    mutating func hold(_ key: HeldKey) {
        guard index(of: key.fingerprint, for: key.use) == nil else { return }
        all.append(key)
        all[all.count - 1].inUse = false
    }

    /// Takes a held key into use: beside the old one, or in its place.
    ///
    /// Whether the old one stays is `keepOld`, or, where that is `nil`, up to the mode; to protect, there is always one.
    mutating func take(_ fingerprint: String, for use: PartnerKeyUse, keepOld: Bool?) throws(PartnerRefusal) {
        guard let new = index(of: fingerprint, for: use) else {
            throw .unknownKey(use: use, fingerprint: fingerprint)
        }
        if keepOld == true && !mayHoldSeveral(use) {
            throw .holdsOneKeyOnly(use: use)
        }
        if !(keepOld ?? mayHoldSeveral(use)) {
            for index in all.indices where all[index].use == use {
                all[index].inUse = false
            }
        }
        all[new].inUse = true
    }

    /// Stops holding a key.
    mutating func remove(_ fingerprint: String, for use: PartnerKeyUse) throws(PartnerRefusal) {
        guard let index = index(of: fingerprint, for: use) else {
            throw .unknownKey(use: use, fingerprint: fingerprint)
        }
        if all[index].inUse && inUse(use).count == 1 {
            throw .lastInUse(use: use, fingerprint: fingerprint)
        }
        all.remove(at: index)
    }

    private func mayHoldSeveral(_ use: PartnerKeyUse) -> Bool {
        mode == .dual && use.isForProcessing
    }

    private func index(of fingerprint: String, for use: PartnerKeyUse) -> Int? {
        all.firstIndex { $0.use == use && $0.fingerprint == fingerprint }
    }
}
