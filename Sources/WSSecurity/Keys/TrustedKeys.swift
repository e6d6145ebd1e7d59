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
}

extension TrustedKeys {
    /// Nothing is known: every certificate that a message brings is read.
    public func knownCertificate(der: [UInt8]) -> Certificate? { nil }
}
