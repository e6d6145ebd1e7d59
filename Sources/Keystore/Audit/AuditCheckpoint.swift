package import Cryptography
package import FoundationEssentials

/// A signed statement that the audit log had this entry at this moment.
///
/// Whoever changes the log and computes its hashes anew cannot sign this again; whoever cuts it off behind a checkpoint
/// that somebody kept is found out.
package struct AuditCheckpoint: Hashable, Sendable {
    /// The entry up to which the log is signed.
    package let sequence: Int
    /// The hash of that entry.
    package let hash: [UInt8]
    /// When it was signed, to the millisecond.
    package let at: Date
    /// SHA-256 of the signing key's certificate.
    package let key: [UInt8]
    /// ECDSA with SHA-256 over ``signedOctets``: `r` and `s` one after the other.
    package let signature: [UInt8]

    /// A checkpoint as it is stored; `isSigned(by:)` tells whether it is sound.
    package init(sequence: Int, hash: [UInt8], at: Date, key: [UInt8], signature: [UInt8]) {
        self.sequence = sequence
        self.hash = hash
        self.at = at
        self.key = key
        self.signature = signature
    }

    /// Signs the log up to `entry`; `key` is the private key of `certificate`, on a NIST curve.
    package init(
        signing entry: AuditEntry,
        at: Date,
        key: PrivateKey,
        certificate: Certificate
    ) throws(KeystoreError) {
        let draft = AuditCheckpoint(
            sequence: entry.sequence,
            hash: entry.hash,
            at: Date(timeIntervalSince1970: Double(AuditEntry.milliseconds(at)) / 1000),
            key: certificate.auditKeyName,
            signature: []
        )
        let signature = try KeystoreError.wrapping { () throws(CryptographyError) in
            try key.sign(draft.signedOctets, by: Self.algorithm)
        }
        self.init(sequence: draft.sequence, hash: draft.hash, at: draft.at, key: draft.key, signature: signature)
    }

    /// Whether the key of `certificate` signed it.
    package func isSigned(by certificate: Certificate) -> Bool {
        certificate.auditKeyName == key
            && certificate.publicKey.verify(signature, over: signedOctets, by: Self.algorithm)
    }

    /// What is signed: each part after its length in eight octets.
    package var signedOctets: [UInt8] {
        let texts = ["rekey audit checkpoint 1", "\(sequence)", "\(AuditEntry.milliseconds(at))"].map { Array($0.utf8) }
        return (texts + [hash, key])
            .flatMap { part in withUnsafeBytes(of: UInt64(part.count).bigEndian) { Array($0) } + part }
    }

    private static let algorithm = SignatureAlgorithm.ecdsa(.sha256)
}

extension Certificate {
    /// What checkpoints name the signing key by: SHA-256 of the certificate.
    package var auditKeyName: [UInt8] { DigestAlgorithm.sha256.digest(of: der) }
}
