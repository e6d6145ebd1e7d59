/// What Rekey cannot, by design or not yet.
enum RekeyLimits {
    /// What it does not write.
    static let writing = [
        Limit(.signatureReference, ["x509DataReference", "certificateIdentifier"], uncommon),
        Limit(.encryptionReference, ["x509DataReference", "certificateIdentifier"], uncommon),
        Limit(.cipher, ["3des-cbc"], "Rekey never encrypts with it"),
        Limit(.steps, ["token", "token,sign"], "Rekey has no setting for it"),
    ]

    /// What it does not read.
    static let reading = [
        Limit(
            .signatureReference,
            ["embedded", "x509Data", "x509DataReference", "certificateIdentifier", "keyValue"],
            "Rekey does not follow it"
        ),
        Limit(
            .encryptionReference,
            ["embedded", "x509Data", "x509DataReference", "certificateIdentifier"],
            "Rekey does not follow it"
        ),
        Limit(.signed, ["body,timestamp,token", "body,timestamp,str"], "Rekey does not know the part"),
        Limit(.encrypted, ["body,signature"], "Rekey does not know the part"),
        Limit(.placement, ["data"], "Rekey does not find the key there"),
        Limit(.steps, ["token", "token,sign"], "Rekey does not read user names"),
    ]

    private static let uncommon = "Rekey reads this form and writes the commoner ones"
}
