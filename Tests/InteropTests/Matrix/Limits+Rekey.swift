/// What Rekey cannot, by design or not yet.
enum RekeyLimits {
    /// What it does not write.
    static let writing = [
        Limit(.signatureReference, ["x509DataReference", "certificateIdentifier"], uncommon),
        Limit(.encryptionReference, ["x509DataReference", "certificateIdentifier"], uncommon),
        Limit(.cipher, ["3des-cbc"], "Rekey never encrypts with it"),
        Limit(.signature, Set(Family.authenticationCodes), "Rekey signs with private keys alone"),
        Limit(.encryptionReference, ["encryptedKeySHA1"], "Rekey makes a new key for every message"),
    ]

    /// What it does not read.
    static let reading: [Limit] = []

    private static let uncommon = "Rekey reads this form and writes the commoner ones"
}
