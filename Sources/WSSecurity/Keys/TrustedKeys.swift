/// The keys that a receiver trusts.
///
/// A key in a message is only a hint; trust comes from here.
public protocol TrustedKeys: Sendable {
    /// The trusted certificates that `hint` fits: none when it is unknown; several are ambiguous and get refused.
    func verificationCertificates(for hint: KeyHint) -> [Certificate]
    /// The keys that `hint` fits: none when it is unknown; several are ambiguous and get refused.
    func decryptionKeys(for hint: KeyHint) -> [DecryptionKey]
}
