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
        var keyInfo = keyInfo
        do throws(CryptographyError) {
            if case .agreement(let method) = method {
                (wrapped, keyInfo) = try AgreementWriter(method: method).wrap(key, for: recipient, keyInfo: keyInfo)
            } else if let transport = method.transport {
                wrapped = try recipient.encrypt(key, by: transport)
            } else {
                throw .keyAlgorithmMismatch(key: recipient.algorithm.description, algorithm: method.uri)
            }
        } catch {
            throw .cannotEncrypt(error)
        }
        return written(wrapped, id: id, keyInfo: keyInfo, dataReferences: dataReferences)
    }

    /// `xenc:EncryptedKey` of `key` under a shared secret; `keyInfo` is the content of `ds:KeyInfo`.
    package func encryptedKey(
        _ key: borrowing SecretOctets,
        id: String?,
        under secret: SecretKey,
        keyInfo: String,
        dataReferences: [String]
    ) throws(XMLEncryptionError) -> [UInt8] {
        let wrapped: [UInt8]
        do throws(CryptographyError) {
            guard case .keyWrap(let method) = method else {
                throw .keyAlgorithmMismatch(key: "secret", algorithm: method.uri)
            }
            wrapped = try secret.wrap(key, by: method.wrap)
        } catch {
            throw .cannotEncrypt(error)
        }
        return written(wrapped, id: id, keyInfo: keyInfo, dataReferences: dataReferences)
    }

    private func written(_ wrapped: [UInt8], id: String?, keyInfo: String, dataReferences: [String]) -> [UInt8] {
        let list =
            dataReferences.isEmpty
            ? "" : "<xenc:ReferenceList>\(ReferenceListWriter.references(dataReferences))</xenc:ReferenceList>"
        return [UInt8](
            joining: "<xenc:EncryptedKey xmlns:xenc=\"",
            XMLEncryptionNamespace.encryption,
            id.map { "\" Id=\"\($0)\">" } ?? "\">",
            encryptionMethod,
            KeyInfoElement.text(keyInfo),
            "<xenc:CipherData><xenc:CipherValue>",
            Base64.encode(wrapped),
            "</xenc:CipherValue></xenc:CipherData>",
            list,
            "</xenc:EncryptedKey>"
        )
    }

    private var encryptionMethod: String {
        let start = "<xenc:EncryptionMethod Algorithm=\"\(method.uri)\""
        switch method {
        case .rsaOAEPMGF1P(digest: .sha1), .rsa15, .keyWrap, .agreement: return start + "/>"
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
