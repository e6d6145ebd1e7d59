package import WSSecurity

/// One key that a partner system holds: a certificate, with the private key when it is the system's own.
package struct HeldKey: Sendable {
    package let use: PartnerKeyUse
    package let certificate: Certificate
    /// The private key of an own key pair; absent for a counterpart's certificate.
    package let privateKey: PrivateKey?
    /// Whether messages are protected or processed with it.
    package var inUse: Bool

    package var fingerprint: String { certificate.fingerprint }

    /// A key; `privateKey` is given for an own key pair alone.
    package init(use: PartnerKeyUse, certificate: Certificate, privateKey: PrivateKey? = nil, inUse: Bool) {
        self.use = use
        self.certificate = certificate
        self.privateKey = privateKey
        self.inUse = inUse
    }
}
