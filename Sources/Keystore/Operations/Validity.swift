import Cryptography
import FoundationEssentials

extension KeyVersion {
    /// The leaf certificate if it is valid at `now`, a peer's clock being ahead by up to the skew.
    ///
    /// Throws `expired`, `notYetValid`, or `certificateMissing` while pending.
    func validCertificate(at now: Date) throws(KeystoreError) -> Certificate {
        guard let certificate else { throw .certificateMissing(id.alias) }
        try Self.checkValidity(of: certificate, for: id, at: now)
        return certificate
    }

    /// Whether a certificate is valid at `now`, a peer's clock being ahead by up to the skew.
    static func isValid(_ certificate: Certificate, at now: Date) -> Bool {
        let skew = Double(KeyOperations.clockSkew.components.seconds)
        return now <= certificate.notAfter && now.addingTimeInterval(skew) >= certificate.notBefore
    }

    static func checkValidity(
        of certificate: Certificate,
        for id: KeyVersionID,
        at now: Date
    ) throws(KeystoreError) {
        let skew = Double(KeyOperations.clockSkew.components.seconds)
        guard now <= certificate.notAfter else { throw .expired(id, notAfter: certificate.notAfter) }
        guard now.addingTimeInterval(skew) >= certificate.notBefore else {
            throw .notYetValid(id, notBefore: certificate.notBefore)
        }
    }
}
