import Cryptography
import XML

/// `xenc11:KeyDerivationMethod` (XML Encryption 1.1 section 5.4) with what its function takes.
struct KeyDerivationMethod: Hashable {
    let function: KeyAgreementMethod.Derivation
    /// The hash of the function.
    let digest: DigestAlgorithm
    /// The salt of HKDF; empty for ConcatKDF.
    let salt: [UInt8]
    /// What the key is bound to: `OtherInfo` of ConcatKDF, `info` of HKDF.
    let info: [UInt8]
    /// The length of the key where the message says it.
    let octetCount: Int?

    /// Reads `node`.
    init(reading node: NodeID, in document: XMLDocument) throws(XMLEncryptionError) {
        let uri = document.attribute("Algorithm", of: node) ?? ""
        guard let function = KeyAgreementMethod.Derivation(rawValue: uri) else {
            throw .unsupportedAlgorithm(uri: uri)
        }
        var children = document.elements(in: node).makeIterator()
        guard let parameters = children.next(), children.next() == nil else {
            throw .malformed("xenc11:KeyDerivationMethod must hold one element")
        }
        self.function = function
        switch function {
        case .concatKDF:
            let read = try ConcatKDFParams(reading: parameters, in: document)
            (digest, salt, info, octetCount) = (read.digest, [], read.otherInfo, nil)
        case .hkdf:
            let read = try HKDFParams(reading: parameters, in: document)
            (digest, salt, info, octetCount) = (read.digest, read.salt, read.info, read.octetCount)
        }
    }
}
