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
        // What the key is for (NIST SP 800-56A section 5.8.2.1.1).
        let info = Array(method.wrap.uri.utf8)
        let salt = method.derivation == .hkdf ? SecureRandom.octets(count: Self.saltOctetCount) : []
        let wrappingKey = try method.wrappingKey(of: ephemeral, with: recipient, salt: salt, info: info)
        let wrapped = try wrappingKey.wrap(key, by: method.wrap.wrap)
        let parameters = method.derivation == .hkdf ? hkdfParams(salt, info) : concatKDFParams(info)
        return (wrapped, element(parameters: parameters, originator: ephemeral.publicKey, recipient: keyInfo))
    }

    private static let saltOctetCount = 32

    private func concatKDFParams(_ info: [UInt8]) -> String {
        // The first octet says that no bits of the last are unused.
        "<xenc11:ConcatKDFParams AlgorithmID=\"00\(Hexadecimal.text(info))\" PartyUInfo=\"\" PartyVInfo=\"\">"
            + "<ds:DigestMethod Algorithm=\"\(method.digest.uri)\"/></xenc11:ConcatKDFParams>"
    }

    private func hkdfParams(_ salt: [UInt8], _ info: [UInt8]) -> String {
        "<more:HKDFParams xmlns:more=\"\(HKDFParams.namespace)\">"
            + "<more:PRF Algorithm=\"\(SignatureMethod.hmac(method.digest).uri)\"/>"
            + "<more:Salt>\(Base64.encode(salt))</more:Salt><more:Info>\(Base64.encode(info))</more:Info>"
            + "<more:KeyLength>\(method.wrap.wrap.keyOctetCount)</more:KeyLength></more:HKDFParams>"
    }

    private func element(parameters: String, originator: PublicKey, recipient: String) -> String {
        "<xenc:AgreementMethod Algorithm=\"\(method.scheme.rawValue)\"><xenc11:KeyDerivationMethod"
            + " xmlns:xenc11=\"\(XMLEncryptionNamespace.encryption11)\" Algorithm=\"\(method.derivation.rawValue)\">"
            + parameters + "</xenc11:KeyDerivationMethod><xenc:OriginatorKeyInfo>\(Self.keyValue(originator))"
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
