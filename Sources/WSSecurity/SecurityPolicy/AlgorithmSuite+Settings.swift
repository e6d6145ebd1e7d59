extension AlgorithmSuite {
    /// A signature of this suite over `parts` whose key is named by `reference`.
    func signature(of parts: [MessagePart], by reference: KeyReference) -> SignatureSettings {
        SignatureSettings(
            algorithm: digest,
            digest: digest,
            canonicalization: isInclusive ? .inclusive : .exclusive,
            keyReference: reference,
            usesSTRTransform: usesSTRTransform,
            parts: parts
        )
    }

    /// An encryption of this suite of `parts`, those of `whole` with their tags, for a key named by `reference`.
    func encryption(of parts: [MessagePart], whole: Set<MessagePart>, for reference: KeyReference) -> EncryptionSettings
    {
        EncryptionSettings(
            algorithm: encryption,
            keyTransport: keyTransport,
            keyReference: reference,
            parts: parts.filter { !whole.contains($0) },
            wholeParts: whole
        )
    }
}
