import Cryptography

/// A version with its private key opened.
struct KeyringEntry: Sendable {
    let version: KeyVersion
    /// `nil` for a partner's certificate, and for states in which the key is not used.
    let key: PrivateKey?

    /// Opens the private key of `version`, or takes version and key over from `previous` when nothing changed.
    init(_ version: KeyVersion, previous: KeyringEntry?, masterKey: MasterKey) throws(KeystoreError) {
        var version = version
        // The earlier certificates have their public keys decoded already.
        if let previous, previous.version.chain == version.chain { version.chain = previous.version.chain }
        self.version = version
        if !version.state.canProcess {
            key = nil
        } else if let previous, let key = previous.key, previous.version.sealedPrivateKey == version.sealedPrivateKey,
            previous.version.tokenKey == version.tokenKey
        {
            self.key = key
        } else {
            key = try Self.open(version, masterKey)
        }
    }

    private static func open(_ version: KeyVersion, _ masterKey: MasterKey) throws(KeystoreError) -> PrivateKey? {
        guard let key = try masterKey.privateKey(of: version) else { return nil }
        guard version.certificate.map({ $0.publicKey == key.publicKey }) ?? true else {
            throw .certificateMismatch(version.id.alias)
        }
        return key
    }
}
