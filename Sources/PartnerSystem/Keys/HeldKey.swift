import WSSecurity

/// One key that a partner system holds: a certificate, with the private key when it is the system's own.
struct HeldKey: Sendable {
    let use: PartnerKeyUse
    let certificate: Certificate
    /// The private key of an own key pair; absent for a counterpart's certificate.
    let privateKey: PrivateKey?
    /// Whether messages are protected or processed with it.
    var inUse: Bool

    var fingerprint: String { certificate.fingerprint }

    /// A key; `privateKey` is given for an own key pair alone.
    init(use: PartnerKeyUse, certificate: Certificate, privateKey: PrivateKey? = nil, inUse: Bool) {
        self.use = use
        self.certificate = certificate
        self.privateKey = privateKey
        self.inUse = inUse
    }
}
