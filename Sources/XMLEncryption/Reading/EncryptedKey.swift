package import Cryptography
package import XML
package import XMLSignature

/// `xenc:EncryptedKey` (XML Encryption 1.1 section 3.5) that wraps a content key for a recipient's certificate or under a
/// shared secret.
package struct EncryptedKey: Hashable, Sendable {
    /// The element.
    package let node: NodeID
    /// Its id, by which encrypted data may name it.
    package let id: String?
    /// How it is wrapped.
    package let method: KeyTransportMethod
    /// What names the recipient's key, or the shared secret; under key agreement the `xenc:RecipientKeyInfo`.
    package let keyInfo: KeyInfo
    /// The ids of the data that it encrypts.
    package let dataReferences: [String]
    private let agreement: AgreementMethod?
    /// The name by which data may name it (`xenc:CarriedKeyName`, section 3.5.1); keys for several recipients share it.
    package let carriedName: String?
    private let cipherData: NodeID

    /// Reads `node` with at most `referenceLimit` data references.
    package init(
        reading node: NodeID,
        in document: XMLDocument,
        referenceLimit: Int
    ) throws(XMLEncryptionError) {
        let parts = try EncryptedParts(reading: node, in: document)
        self.node = node
        id = document.attribute("Id", of: node)
        let method = try KeyTransportMethod(reading: parts.method, uri: parts.uri, in: document)
        guard let keyInfo = parts.keyInfo else { throw .malformed("xenc:EncryptedKey does not name its key") }
        if document.isNamed(keyInfo.content, "AgreementMethod", in: XMLEncryptionNamespace.encryption) {
            guard keyInfo.further.isEmpty else { throw .malformed("xenc:AgreementMethod must be alone in ds:KeyInfo") }
            let agreement = try AgreementMethod(reading: keyInfo.content, in: document)
            self.method = .agreement(try agreement.method(wrappingBy: method))
            self.keyInfo = agreement.recipient
            self.agreement = agreement
        } else {
            self.method = method
            self.keyInfo = keyInfo
            agreement = nil
        }
        cipherData = parts.cipherData
        var rest = parts.rest[...]
        if let name = rest.last, document.isNamed(name, "CarriedKeyName", in: XMLEncryptionNamespace.encryption) {
            carriedName = document.text(of: name).trimmingXMLSpace()
            rest.removeLast()
        } else {
            carriedName = nil
        }
        guard rest.count <= 1 else {
            throw .malformed("after xenc:CipherData, xenc:EncryptedKey may hold one xenc:ReferenceList and a name only")
        }
        dataReferences =
            if let list = rest.first {
                try ReferenceList.ids(in: list, of: document, limit: referenceLimit)
            } else { [] }
    }

    /// The SHA-1 of the wrapped octets of the `xenc:EncryptedKey` at `node`; `nil` when they cannot be read.
    ///
    /// `EncryptedKeySHA1` of WSS SOAP Message Security 1.1.1 section 7.3.
    package static func sha1(of node: NodeID, in document: XMLDocument) -> [UInt8]? {
        guard let data = document.firstElement("CipherData", in: XMLEncryptionNamespace.encryption, of: node),
            let octets = try? CipherData.octets(of: data, in: document)
        else { return nil }
        return DigestAlgorithm.sha1.digest(of: octets)
    }

    /// The content key, unwrapped by `key`; throws `decryptionFailed` for whatever is wrong with octets or key, and
    /// `keyUnavailable` when the device that holds the key does not compute, whatever the octets.
    ///
    /// `octetCount` is the length that the content's algorithm takes. RSA PKCS#1 v1.5 opens nothing without it; with it a
    /// key of that length always comes out, and only decrypting shows whether it is the right one.
    package func unwrapped(
        by key: PrivateKey,
        in document: XMLDocument,
        expecting octetCount: Int? = nil
    ) throws(XMLEncryptionError) -> SecretOctets {
        let octets = try CipherData.octets(of: cipherData, in: document)
        do throws(CryptographyError) {
            if let transport = method.transport {
                return try key.decrypt(octets, by: transport, expecting: octetCount)
            }
            guard case .agreement(let method) = method, let agreement else { throw .decryptionFailed }
            return
                try method.wrappingKey(
                    of: key,
                    with: agreement.originator,
                    salt: agreement.derivation.salt,
                    info: agreement.derivation.info
                )
                .unwrap(octets, by: method.wrap.wrap)
        } catch {
            if case .deviceFailed = error { throw .keyUnavailable(error) }
            throw .decryptionFailed
        }
    }

    /// The content key, unwrapped by a shared secret; throws `decryptionFailed` as above.
    package func unwrapped(by key: SecretKey, in document: XMLDocument) throws(XMLEncryptionError) -> SecretOctets {
        let octets = try CipherData.octets(of: cipherData, in: document)
        guard case .keyWrap(let method) = method else { throw .decryptionFailed }
        do {
            return try key.unwrap(octets, by: method.wrap)
        } catch {
            throw .decryptionFailed
        }
    }
}
