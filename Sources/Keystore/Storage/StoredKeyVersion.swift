/// A key version as a store keeps it: its certificates are octets that nobody has read yet.
package struct StoredKeyVersion: Sendable {
    /// The version without its certificates.
    package let bare: KeyVersion
    /// Its certificates in DER, leaf first; empty while pending.
    let chainOctets: [[UInt8]]
    /// The former certificates of its key in DER, oldest first.
    let formerOctets: [[UInt8]]
    /// The version, where somebody has read it before.
    private let known: KeyVersion?

    /// The version `bare` with certificates that were kept as `chainOctets` and `formerOctets`.
    package init(_ bare: KeyVersion, chainOctets: [[UInt8]], formerOctets: [[UInt8]]) {
        self.bare = bare
        self.chainOctets = chainOctets
        self.formerOctets = formerOctets
        known = nil
    }

    /// A version that was read before.
    package init(_ version: KeyVersion) {
        var bare = version
        bare.chain = []
        bare.formerCertificates = []
        self.bare = bare
        chainOctets = version.chainOctets
        formerOctets = version.formerOctets
        known = version
    }

    /// The leaf and the former certificates in DER; empty while pending.
    var identifyingOctets: [[UInt8]] { chainOctets.prefix(1) + formerOctets }

    func hasCertificates(of other: StoredKeyVersion) -> Bool {
        chainOctets == other.chainOctets && formerOctets == other.formerOctets
    }

    /// The version with its certificates; throws `cryptography` when one is broken.
    package func read() throws(KeystoreError) -> KeyVersion {
        if let known { return known }
        var version = bare
        version.chain = try KeyVersion.chain(of: chainOctets)
        version.formerCertificates = try KeyVersion.chain(of: formerOctets)
        return version
    }
}
