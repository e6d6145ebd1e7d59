package import Cryptography
import XMLSignature

/// Writes `xenc:EncryptedKey`.
package struct EncryptedKeyWriter: Sendable {
    /// How keys are wrapped.
    package let method: KeyTransportMethod

    /// A writer.
    package init(method: KeyTransportMethod) { self.method = method }

    /// `xenc:EncryptedKey` of `key` for `recipient`; `keyInfo` is the content of `ds:KeyInfo`.
    ///
    /// It has no id when that is `nil`, and no list of references when there are none.
    package func encryptedKey(
        _ key: borrowing SecretOctets,
        id: String?,
        recipient: PublicKey,
        keyInfo: String,
        dataReferences: [String]
    ) throws(XMLEncryptionError) -> [UInt8] {
        let wrapped: [UInt8]
        do {
            wrapped = try recipient.encrypt(key, by: method.transport)
        } catch {
            throw .cannotEncrypt(error)
        }
        let list =
            dataReferences.isEmpty
            ? "" : "<xenc:ReferenceList>\(ReferenceListWriter.references(dataReferences))</xenc:ReferenceList>"
        let written =
            "<xenc:EncryptedKey xmlns:xenc=\"\(XMLEncryptionNamespace.encryption)\""
            + (id.map { " Id=\"\($0)\"" } ?? "") + ">" + encryptionMethod + KeyInfoElement.text(keyInfo)
            + "<xenc:CipherData><xenc:CipherValue>" + Base64.encode(wrapped)
            + "</xenc:CipherValue></xenc:CipherData>" + list + "</xenc:EncryptedKey>"
        return Array(written.utf8)
    }

    private var encryptionMethod: String {
        let start = "<xenc:EncryptionMethod Algorithm=\"\(method.uri)\""
        switch method {
        case .rsaOAEPMGF1P(digest: .sha1): return start + "/>"
        case .rsaOAEPMGF1P(let digest): return start + ">\(Self.digestMethod(digest))</xenc:EncryptionMethod>"
        case .rsaOAEP(let digest, let mgf):
            let mask =
                "<xenc11:MGF xmlns:xenc11=\"\(XMLEncryptionNamespace.encryption11)\""
                + " Algorithm=\"\(MaskGeneration.uri(of: mgf))\"/>"
            return start + ">\(Self.digestMethod(digest))\(mask)</xenc:EncryptionMethod>"
        }
    }

    private static func digestMethod(_ digest: DigestAlgorithm) -> String {
        "<ds:DigestMethod xmlns:ds=\"\(XMLSignatureNamespace.signature)\" Algorithm=\"\(digest.uri)\"/>"
    }
}
