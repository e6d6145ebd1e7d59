import Cryptography
import XMLSignature

/// Writes `xenc:AgreementMethod` (XML Encryption 1.1 section 5.6): agrees with a recipient's key by one made for this
/// message alone.
struct AgreementWriter {
    let method: KeyAgreementMethod

    /// The key wrapped under the key that was agreed on, and the content of `ds:KeyInfo` that tells the recipient how.
    ///
    /// `keyInfo` names the recipient's key.
    func wrap(
        _ key: borrowing SecretOctets,
        for recipient: PublicKey,
        keyInfo: String
    ) throws(CryptographyError) -> (wrapped: [UInt8], keyInfo: String) {
        guard method.scheme.supports(recipient.algorithm),
            let kind = KeyKind.allCases.first(where: { $0.algorithm == recipient.algorithm })
        else {
            throw .keyAlgorithmMismatch(key: recipient.algorithm.description, algorithm: method.scheme.rawValue)
        }
        let ephemeral = try PrivateKey.generate(kind)
        // Zero unused bits, then what the key is for (NIST SP 800-56A section 5.8.2.1.1).
        let algorithmID = [0] + Array(method.wrap.uri.utf8)
        let wrappingKey = try method.wrappingKey(
            of: ephemeral,
            with: recipient,
            otherInfo: Array(algorithmID.dropFirst())
        )
        let wrapped = try wrappingKey.wrap(key, by: method.wrap.wrap)
        return (wrapped, element(algorithmID: algorithmID, originator: ephemeral.publicKey, recipient: keyInfo))
    }

    private func element(algorithmID: [UInt8], originator: PublicKey, recipient: String) -> String {
        "<xenc:AgreementMethod Algorithm=\"\(method.scheme.rawValue)\"><xenc11:KeyDerivationMethod"
            + " xmlns:xenc11=\"\(XMLEncryptionNamespace.encryption11)\" Algorithm=\"\(ConcatKDFParams.uri)\">"
            + "<xenc11:ConcatKDFParams AlgorithmID=\"\(Hexadecimal.text(algorithmID))\" PartyUInfo=\"\""
            + " PartyVInfo=\"\"><ds:DigestMethod Algorithm=\"\(method.digest.uri)\"/></xenc11:ConcatKDFParams>"
            + "</xenc11:KeyDerivationMethod><xenc:OriginatorKeyInfo>\(Self.keyValue(originator))"
            + "</xenc:OriginatorKeyInfo><xenc:RecipientKeyInfo>\(recipient)</xenc:RecipientKeyInfo>"
            + "</xenc:AgreementMethod>"
    }

    /// `ds:KeyValue` with `dsig11:ECKeyValue` for EC keys, `dsig11:DEREncodedKeyValue` for others.
    private static func keyValue(_ key: PublicKey) -> String {
        let namespace = "xmlns:dsig11=\"\(XMLSignatureNamespace.signature11)\""
        guard case .ec(let curve, let point) = key.numbers else {
            return "<dsig11:DEREncodedKeyValue \(namespace)>\(Base64.encode(key.spki))</dsig11:DEREncodedKeyValue>"
        }
        return "<ds:KeyValue><dsig11:ECKeyValue \(namespace)>"
            + "<dsig11:NamedCurve URI=\"urn:oid:\(curve.objectIdentifier)\"/>"
            + "<dsig11:PublicKey>\(Base64.encode(point))</dsig11:PublicKey></dsig11:ECKeyValue></ds:KeyValue>"
    }
}
