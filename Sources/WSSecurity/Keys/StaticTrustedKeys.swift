/// A fixed set of trusted keys.
public struct StaticTrustedKeys: TrustedKeys {
    private let verifying: [Certificate]
    private let decrypting: [DecryptionKey]
    private let shared: [SharedKey]
    private let passwords: [SharedKey]
    private let issuers: [Certificate]

    /// Trusts signatures of `verifying`, and opens what was encrypted for `decrypting`.
    ///
    /// `sharedKeys` are found by their names; `passwords` are those of the users whose names they bear; `assertionIssuers`
    /// may issue SAML assertions and are trusted for nothing else.
    public init(
        verifying: [Certificate] = [],
        decrypting: [DecryptionKey] = [],
        sharedKeys: [SharedKey] = [],
        passwords: [SharedKey] = [],
        assertionIssuers: [Certificate] = []
    ) {
        self.verifying = verifying
        self.decrypting = decrypting
        self.passwords = passwords
        shared = sharedKeys
        issuers = assertionIssuers
    }

    /// The certificates that `hint` fits.
    public func verificationCertificates(for hint: KeyHint) -> [Certificate] {
        verifying.filter { hint.fits($0) }
    }

    /// The keys whose certificate `hint` fits.
    public func decryptionKeys(for hint: KeyHint) -> [DecryptionKey] {
        decrypting.filter { hint.fits($0.certificate) }
    }

    /// The certificate of this set with those octets.
    public func knownCertificate(der: [UInt8]) -> Certificate? {
        verifying.first { $0.der == der } ?? decrypting.first { $0.certificate.der == der }?.certificate
    }

    /// The shared keys of that name.
    public func sharedKeys(for hint: KeyHint) -> [SharedKey] {
        guard case .keyName(let name) = hint else { return [] }
        return shared.filter { $0.name == name }
    }

    /// The password that bears that name.
    public func password(ofUser name: String) -> SharedKey? {
        passwords.first { $0.name == name }
    }

    /// The issuers that `hint` fits.
    public func assertionIssuers(for hint: KeyHint) -> [Certificate] {
        issuers.filter { hint.fits($0) }
    }
}
