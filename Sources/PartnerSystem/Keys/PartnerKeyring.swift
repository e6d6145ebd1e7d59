import Foundation
import Synchronization
import WSSecurity

/// A partner system's keystore: its held keys, written to its folder before any change counts, so that a restart finds them.
final class PartnerKeyring: Sendable {
    private let file: KeyringFile
    private let keys: Mutex<HeldKeys>

    /// - Throws: when the keyring file cannot be written.
    init(file: KeyringFile, keys: HeldKeys) throws {
        self.file = file
        self.keys = Mutex(keys)
        try file.write(keys)
    }

    /// What is held now.
    var snapshot: HeldKeys { keys.withLock { $0 } }

    /// Makes a key pair with a self-signed certificate and holds it, not in use.
    func createKeyPair(for use: PartnerKeyUse, by recipe: KeyPairRecipe, now: Date) throws -> HeldKey {
        guard use.isOwn else { throw PartnerRefusal.wrongUse(use) }
        let key = try recipe.make(for: use, now: now)
        try change { keys in keys.hold(key) }
        return key
    }

    /// Takes an own key pair into use.
    func useKeyPair(_ fingerprint: String, for use: PartnerKeyUse, keepOld: Bool?) throws {
        guard use.isOwn else { throw PartnerRefusal.wrongUse(use) }
        try change { keys in try keys.take(fingerprint, for: use, keepOld: keepOld) }
    }

    /// Takes a counterpart's certificate into use.
    func trust(pem: String, for use: PartnerKeyUse, keepOld: Bool?) throws {
        guard !use.isOwn else { throw PartnerRefusal.wrongUse(use) }
        let certificate: Certificate
        do {
            certificate = try Certificate(pem: pem)
        } catch {
            throw PartnerRefusal.unreadableCertificate("\(error)")
        }
        try change { keys in
            keys.hold(HeldKey(use: use, certificate: certificate, inUse: false))
            try keys.take(certificate.fingerprint, for: use, keepOld: keepOld)
        }
    }

    /// Stops holding a key.
    func remove(_ fingerprint: String, for use: PartnerKeyUse) throws {
        try change { keys in try keys.remove(fingerprint, for: use) }
    }

    private func change(_ body: (inout HeldKeys) throws -> Void) throws {
        try keys.withLock { keys in
            var changed = keys
            try body(&changed)
            try file.write(changed)
            keys = changed
        }
    }
}
