/// The keys that a receiver trusts.
///
/// A key in a message is only a hint; trust comes from here.
public protocol TrustedKeys: Sendable {
    /// The trusted certificates that `hint` fits: none when it is unknown; several are ambiguous and get refused.
    func verificationCertificates(for hint: KeyHint) -> [Certificate]
    /// The keys that `hint` fits: none when it is unknown; several are ambiguous and get refused.
    func decryptionKeys(for hint: KeyHint) -> [DecryptionKey]
    /// A certificate that is known already, so that its octets need not be read again; decides nothing about trust.
    func knownCertificate(der: [UInt8]) -> Certificate?
    /// The shared keys that `hint` fits, of `keyName` or `encryptedKeySHA1`: several are ambiguous and get refused.
    func sharedKeys(for hint: KeyHint) -> [SharedKey]
    /// The password of a user who may authenticate with a `wsse:UsernameToken`; `nil` when there is no such user.
    func password(ofUser name: String) -> SharedKey?
    /// The certificates that `hint` fits among those whose owners may issue SAML assertions; trusted for nothing else.
    func assertionIssuers(for hint: KeyHint) -> [Certificate]
}

extension TrustedKeys {
    /// Nothing is known: every certificate that a message brings is read.
    public func knownCertificate(der: [UInt8]) -> Certificate? { nil }
    /// No key is shared.
    public func sharedKeys(for hint: KeyHint) -> [SharedKey] { [] }
    /// There are no users.
    public func password(ofUser name: String) -> SharedKey? { nil }
    /// Nobody may issue assertions.
    public func assertionIssuers(for hint: KeyHint) -> [Certificate] { [] }
}
