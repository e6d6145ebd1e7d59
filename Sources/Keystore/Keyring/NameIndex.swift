import Cryptography
import Synchronization

/// Hashed look-ups from issuer and serial number, and from key identifiers, to the versions that have such a certificate.
struct NameIndex: Sendable {
    private var byIssuerSerial = ShardedMap<IssuerSerial, [KeyVersionID]>()
    private var byKeyIdentifier = ShardedMap<[UInt8], [KeyVersionID]>()

    /// Reads the certificates of `entries`, in passing.
    init(_ entries: some Sequence<KeyringEntry>) {
        for entry in entries { insert(entry) }
    }

    /// Takes in the certificates of `entry`.
    mutating func insert(_ entry: KeyringEntry) {
        for certificate in entry.certificatesInPassing {
            byIssuerSerial.insert(entry.id, at: certificate.issuerSerial)
            byKeyIdentifier.insert(entry.id, at: certificate.keyIdentifier)
        }
    }

    /// Forgets the certificates of `entry`.
    mutating func remove(_ entry: KeyringEntry) {
        for certificate in entry.certificatesInPassing {
            byIssuerSerial.remove(entry.id, at: certificate.issuerSerial)
            byKeyIdentifier.remove(entry.id, at: certificate.keyIdentifier)
        }
    }

    func versions(issuer: String, serial: String) -> [KeyVersionID] {
        IssuerSerial(issuerName: issuer, serialNumber: serial).flatMap { byIssuerSerial[$0] } ?? []
    }

    func versions(keyIdentifier: [UInt8]) -> [KeyVersionID] {
        byKeyIdentifier[keyIdentifier] ?? []
    }
}

/// The index of one snapshot, made when it is first asked for: it needs every certificate read.
final class DeferredNameIndex: Sendable {
    private let index: Mutex<NameIndex?>

    /// One that is made already, or `nil` for later.
    init(_ index: NameIndex?) {
        self.index = Mutex(index)
    }

    /// The index, if it is made; nobody waits for one that is being made.
    var made: NameIndex? { index.withLockIfAvailable { $0 } ?? nil }

    /// The index; who asks first makes it of `entries`, who asks meanwhile waits.
    func value(of entries: some Sequence<KeyringEntry>) -> NameIndex {
        index.withLock { index in
            if let index { return index }
            let made = NameIndex(entries)
            index = made
            return made
        }
    }
}
