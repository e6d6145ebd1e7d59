import XML

/// The elements outside of the Security header that are encrypted.
struct EncryptedNodes {
    /// Those whose content is encrypted.
    let content: [NodeID]
    /// Those that are encrypted as a whole.
    let whole: [NodeID]

    /// Finds them; throws `cannotProtect` for parts that are missing, lie within one another or cannot be encrypted.
    init(
        _ settings: EncryptionSettings,
        in document: XMLDocument,
        _ layout: EnvelopeLayout
    ) throws(SecurityFault) {
        try Self.check(settings)
        content = try layout.nodes(of: settings.parts, in: document)
        whole = try layout.nodes(of: settings.allWholeParts, in: document)
        let ranges = (content + whole).map(document.range(of:)).sorted { $0.lowerBound < $1.lowerBound }
        for (first, second) in zip(ranges, ranges.dropFirst()) where second.lowerBound < first.upperBound {
            throw SecurityFault(.cannotProtect, "the parts to encrypt lie within one another")
        }
    }

    private static func check(_ settings: EncryptionSettings) throws(SecurityFault) {
        guard !settings.allWholeParts.contains(.timestamp) else {
            throw SecurityFault(
                .cannotProtect,
                "encrypting the timestamp is not supported: it is read before any key is used"
            )
        }
        guard !settings.wholeParts.contains(.body) else {
            throw SecurityFault(.cannotProtect, "Body must stay in the message: encrypt its content")
        }
        guard !settings.parts.isEmpty || !settings.wholeParts.isEmpty else {
            throw SecurityFault(.cannotProtect, "the settings name no part to encrypt")
        }
    }
}
