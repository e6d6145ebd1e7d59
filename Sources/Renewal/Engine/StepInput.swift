/// What a claim brings along; most steps need nothing.
package struct StepInput: Hashable, Sendable {
    /// The new certificate, in PEM.
    package var certificatePEM: String?
    /// SHA-256 of the new certificate as it was told over a second channel; `nil` when nobody compared.
    package var fingerprint: String?
    /// The downtime that the party proposes or agrees to.
    package var downtime: DowntimeWindow?
    /// The kind of key pair to create, such as `rsa-3072`; `nil` for that of the old version.
    package var keyKind: String?
    /// The number of the staged version to take instead of creating a key pair.
    package var version: Int?
    /// The token in which the key pair is created; `nil` for that of the old version, if it is in one.
    package var keyToken: String?
    /// A remark for the journal.
    package var note: String?

    package init(
        certificatePEM: String? = nil,
        fingerprint: String? = nil,
        downtime: DowntimeWindow? = nil,
        keyKind: String? = nil,
        version: Int? = nil,
        keyToken: String? = nil,
        note: String? = nil
    ) {
        self.certificatePEM = certificatePEM
        self.fingerprint = fingerprint
        self.downtime = downtime
        self.keyKind = keyKind
        self.version = version
        self.keyToken = keyToken
        self.note = note
    }
}
