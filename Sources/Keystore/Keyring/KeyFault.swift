/// That a version cannot be used as it is stored: a private key that does not open, or certificates that cannot be read.
package struct KeyFault: Hashable, Sendable {
    /// Which version.
    package let version: KeyVersionID
    /// What is wrong with it.
    package let cause: KeystoreError
}

extension KeyFault {
    /// What mends it.
    package var mend: String { "put the store back from its last good copy, or renew the key" }
}

extension KeyFault: CustomStringConvertible {
    /// The version, the cause and what mends it.
    package var description: String { "\(version): \(cause); \(mend)" }
}
