/// A symmetric key that several holders share: the octets are overwritten when the last one lets go.
///
/// Has no description, no `Codable` and no `==`, on purpose.
package final class SecretKey: Sendable {
    let octets: SecretOctets

    /// The number of octets.
    package var octetCount: Int { octets.count }

    /// Takes over `octets`.
    package init(_ octets: consuming SecretOctets) {
        self.octets = octets
    }

    /// Copies `octets`; overwriting the source is the caller's duty.
    package convenience init(copying octets: [UInt8]) {
        self.init(SecretOctets(copying: octets))
    }

    /// Lends the octets for the length of `body`.
    package func withSecret<Result: ~Copyable, Failure: Error>(
        _ body: (borrowing SecretOctets) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(octets)
    }
}
