import Testing
import WSSecurity

@testable import PartnerSystem

@Suite("Held keys")
struct HeldKeysTests {
    let old: String
    let new: String

    init() throws {
        old = try KeyPairs.held(KeyPairs.first, for: .sign).fingerprint
        new = try KeyPairs.held(KeyPairs.second, for: .sign).fingerprint
    }

    private func keys(_ mode: PartnerKeyMode, _ use: PartnerKeyUse) throws -> HeldKeys {
        var keys = try HeldKeys(mode: mode, all: [KeyPairs.held(KeyPairs.first, for: use)])
        try keys.hold(KeyPairs.held(KeyPairs.second, for: use))
        return keys
    }

    @Test("a key that is held is not in use before it is taken", arguments: PartnerKeyUse.allCases)
    func holdingIsNotUsing(use: PartnerKeyUse) throws {
        #expect(try keys(.dual, use).inUse(use).map(\.fingerprint) == [old])
    }

    @Test("a dual system processes with old and new", arguments: [PartnerKeyUse.verify, .decrypt])
    func dualKeepsBoth(use: PartnerKeyUse) throws {
        var keys = try keys(.dual, use)
        try keys.take(new, for: use, keepOld: nil)
        #expect(keys.inUse(use).map(\.fingerprint) == [old, new])
    }

    @Test("a single system exchanges", arguments: [PartnerKeyUse.verify, .decrypt])
    func singleExchanges(use: PartnerKeyUse) throws {
        var keys = try keys(.single, use)
        try keys.take(new, for: use, keepOld: nil)
        #expect(keys.inUse(use).map(\.fingerprint) == [new])
    }

    @Test("a single system refuses to hold two", arguments: [PartnerKeyUse.verify, .decrypt])
    func singleRefusesTwo(use: PartnerKeyUse) throws {
        var keys = try keys(.single, use)
        #expect(throws: PartnerRefusal.holdsOneKeyOnly(use: use)) { try keys.take(new, for: use, keepOld: true) }
        #expect(keys.inUse(use).map(\.fingerprint) == [old])
    }

    @Test("nothing is protected with two keys, whatever the mode", arguments: [PartnerKeyUse.sign, .encrypt])
    func oneProtects(use: PartnerKeyUse) throws {
        var keys = try keys(.dual, use)
        #expect(throws: PartnerRefusal.holdsOneKeyOnly(use: use)) { try keys.take(new, for: use, keepOld: true) }
        try keys.take(new, for: use, keepOld: nil)
        #expect(keys.inUse(use).map(\.fingerprint) == [new])
    }

    @Test("the only key in use cannot be removed, the old one can")
    func removal() throws {
        var keys = try keys(.dual, .verify)
        #expect(throws: PartnerRefusal.lastInUse(use: .verify, fingerprint: old)) { try keys.remove(old, for: .verify) }
        try keys.take(new, for: .verify, keepOld: nil)
        try keys.remove(old, for: .verify)
        #expect(keys.all.map(\.fingerprint) == [new])
        #expect(throws: PartnerRefusal.unknownKey(use: .verify, fingerprint: old)) {
            try keys.remove(old, for: .verify)
        }
    }

    @Test("a single system does not start with two keys of a use")
    func startRefused() throws {
        let both = try [KeyPairs.held(KeyPairs.first, for: .verify), KeyPairs.held(KeyPairs.second, for: .verify)]
        #expect(throws: PartnerRefusal.holdsOneKeyOnly(use: .verify)) { try HeldKeys(mode: .single, all: both) }
    }
}
