import Cryptography
import Synchronization

/// A version in memory: its certificates are read, and its private key is opened, at the first use of each.
///
/// What was found is kept and asked for without a lock; two first uses at the same moment do the work twice and share the
/// first one's result.
final class KeyringEntry: Sendable {
    /// The version without its certificates.
    let bare: KeyVersion
    private let stored: StoredKeyVersion
    private let masterKey: MasterKey
    private let reading = AtomicLazyReference<Reading>()
    private let opened: Opened
    private let isProven = Atomic<Bool>(false)

    /// Reads and opens nothing yet; takes over from `previous` what did not change.
    init(_ stored: StoredKeyVersion, previous: KeyringEntry? = nil, masterKey: MasterKey) {
        bare = stored.bare
        self.stored = stored
        self.masterKey = masterKey
        guard let previous, previous.stored.hasCertificates(of: stored) else {
            opened = Opened()
            return
        }
        let isSameKey =
            previous.bare.sealedPrivateKey == stored.bare.sealedPrivateKey
            && previous.bare.tokenKey == stored.bare.tokenKey
        opened = isSameKey ? previous.opened : Opened()
        // The earlier certificates have their public keys decoded already.
        if let read = previous.reading.load(), read.fault == nil {
            var version = bare
            version.chain = read.version.chain
            version.formerCertificates = read.version.formerCertificates
            _ = reading.storeIfNil(Reading(version: version))
        }
    }

    var id: KeyVersionID { bare.id }

    /// The leaf and the former certificates in DER; empty while pending.
    var identifyingOctets: [[UInt8]] { stored.identifyingOctets }

    /// The version; without certificates when they cannot be read, which ``prove()`` tells.
    var version: KeyVersion { read.version }

    /// The leaf and the former certificates, which are not kept for this.
    var certificatesInPassing: [Certificate] { (reading.load() ?? Reading(stored)).version.certificates }

    /// The private key; `nil` for a partner's certificate, and for states in which the key is not used.
    ///
    /// Throws `sealBroken` when it does not open, and `certificateMismatch` for the key of another certificate.
    func key() throws(KeystoreError) -> PrivateKey? {
        guard bare.state.canProcess else { return nil }
        if let key = opened.key.load() { return key }
        return try open(read).map { opened.key.storeIfNil($0) }
    }

    /// Whether the private key is that of `other`, opened or not.
    func sharesKey(with other: KeyringEntry) -> Bool { opened === other.opened }

    /// Throws `cryptography` when the certificates cannot be read.
    func checkReadable() throws(KeystoreError) {
        if let fault = read.fault { throw fault }
    }

    /// Throws what is wrong with the certificates or the private key; neither is kept for this.
    func prove() throws(KeystoreError) {
        if isProven.load(ordering: .relaxed) { return }
        let read = reading.load() ?? Reading(stored)
        if let fault = read.fault { throw fault }
        if bare.state.canProcess, opened.key.load() == nil { _ = try open(read) }
        isProven.store(true, ordering: .relaxed)
    }

    private var read: Reading { reading.load() ?? reading.storeIfNil(Reading(stored)) }

    private func open(_ read: Reading) throws(KeystoreError) -> PrivateKey? {
        guard bare.hasPrivateKey else { return nil }
        if let fault = read.fault { throw fault }
        guard let key = try masterKey.privateKey(of: bare) else { return nil }
        guard read.version.certificate.map({ $0.publicKey == key.publicKey }) ?? true else {
            throw .certificateMismatch(id.alias)
        }
        return key
    }

    /// The private key, shared by the entries of one version while it is the same.
    private final class Opened: Sendable {
        let key = AtomicLazyReference<PrivateKey>()
    }

    /// The version as it was read, or why it could not be.
    private final class Reading: Sendable {
        let version: KeyVersion
        let fault: KeystoreError?

        init(version: KeyVersion) {
            self.version = version
            fault = nil
        }

        init(_ stored: StoredKeyVersion) {
            do throws(KeystoreError) {
                version = try stored.read()
                fault = nil
            } catch {
                version = stored.bare
                fault = error
            }
        }
    }
}
