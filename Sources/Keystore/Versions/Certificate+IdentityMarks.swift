package import Cryptography

extension Certificate {
    /// What another certificate could be mistaken for this one by: issuer and serial number, key identifier, key, all octets;
    /// each as a SHA-256 of its own kind, so that a store can find it.
    package var identityMarks: [[UInt8]] {
        let mark = { (kind: String, octets: [UInt8]) in DigestAlgorithm.sha256.digest(of: Array(kind.utf8) + octets) }
        return [
            mark("issuer and serial number\n", Array("\(issuer)\n\(serialNumber)".utf8)),
            mark("key identifier\n", keyIdentifier),
            mark("key\n", publicKey.spki),
            mark("certificate\n", der),
        ]
    }
}
