import Cryptography
import XML
import XMLSignature

/// `xenc:AgreementMethod` (XML Encryption 1.1 section 5.6) as it stands in the `ds:KeyInfo` of an `xenc:EncryptedKey`.
struct AgreementMethod: Hashable {
    let scheme: KeyAgreementMethod.Scheme
    let derivation: KeyDerivationMethod
    /// The sender's key, made for this message.
    let originator: PublicKey
    /// What names the recipient's key.
    let recipient: KeyInfo

    /// Reads `node`; a nonce (`xenc:KA-Nonce`) is refused, for no derivation here uses it.
    init(reading node: NodeID, in document: XMLDocument) throws(XMLEncryptionError) {
        let uri = document.attribute("Algorithm", of: node) ?? ""
        guard let scheme = KeyAgreementMethod.Scheme(rawValue: uri) else { throw .unsupportedAlgorithm(uri: uri) }
        var children = document.elements(in: node).makeIterator()
        guard let derivation = children.next(),
            document.isNamed(derivation, "KeyDerivationMethod", in: XMLEncryptionNamespace.encryption11),
            let originator = children.next(),
            document.isNamed(originator, "OriginatorKeyInfo", in: XMLEncryptionNamespace.encryption),
            let recipient = children.next(),
            document.isNamed(recipient, "RecipientKeyInfo", in: XMLEncryptionNamespace.encryption),
            children.next() == nil
        else {
            throw .malformed(
                "xenc:AgreementMethod must hold xenc11:KeyDerivationMethod, xenc:OriginatorKeyInfo and"
                    + " xenc:RecipientKeyInfo"
            )
        }
        self.scheme = scheme
        self.derivation = try KeyDerivationMethod(reading: derivation, in: document)
        self.originator = try Self.originator(originator, in: document)
        self.recipient = try xmlEncryption { () throws(XMLSignatureError) in
            try KeyInfo(reading: recipient, in: document)
        }
        guard scheme.supports(self.originator.algorithm) else {
            throw .malformed("the key in xenc:OriginatorKeyInfo is not of the kind that \(uri) takes")
        }
    }

    /// The whole method when the key is wrapped by `method`; throws `malformed` when that is no key wrap.
    func method(wrappingBy method: KeyTransportMethod) throws(XMLEncryptionError) -> KeyAgreementMethod {
        guard case .keyWrap(let wrap) = method else {
            throw .malformed("a key that is agreed on wraps by AES key wrap, not by \(method.uri)")
        }
        guard derivation.octetCount ?? wrap.wrap.keyOctetCount == wrap.wrap.keyOctetCount else {
            throw .malformed("the length of the derived key is not the one that \(wrap.uri) takes")
        }
        return KeyAgreementMethod(
            scheme,
            digest: derivation.digest,
            wrap: wrap,
            derivation: derivation.function
        )
    }

    private static func originator(_ node: NodeID, in document: XMLDocument) throws(XMLEncryptionError) -> PublicKey {
        var children = document.elements(in: node).makeIterator()
        guard let key = children.next(), children.next() == nil else {
            throw .malformed("xenc:OriginatorKeyInfo must hold one element")
        }
        return try xmlEncryption { () throws(XMLSignatureError) in
            if document.isNamed(key, "DEREncodedKeyValue", in: XMLSignatureNamespace.signature11) {
                return try KeyValue.publicKey(inDEREncodedKeyValue: key, of: document)
            }
            guard document.isNamed(key, "KeyValue", in: XMLSignatureNamespace.signature) else {
                throw .malformed("xenc:OriginatorKeyInfo must hold ds:KeyValue or dsig11:DEREncodedKeyValue")
            }
            return try KeyValue.publicKey(inKeyValue: key, of: document)
        }
    }
}

/// The value of `body`, an error of XML Signature as one of XML Encryption.
private func xmlEncryption<Value>(
    _ body: () throws(XMLSignatureError) -> Value
) throws(XMLEncryptionError) -> Value {
    do {
        return try body()
    } catch {
        throw .malformed(error.description)
    }
}
