/// Where the wrapped key stands, and what names the data that it encrypts.
public enum EncryptedKeyPlacement: String, CaseIterable, Codable, Hashable, Sendable {
    /// `xenc:EncryptedKey` in the Security header, with the `xenc:ReferenceList` in it.
    case header
    /// `xenc:EncryptedKey` in the Security header, and a `xenc:ReferenceList` of its own behind it.
    case separateReferenceList
    /// `xenc:EncryptedKey` in the `ds:KeyInfo` of each `xenc:EncryptedData`, which a `xenc:ReferenceList` in the header names.
    ///
    /// The Basic Security Profile does not allow it; some old stacks read nothing else.
    case encryptedData
}
