import Cryptography
import XML
import XMLSignature

extension KeyTransportMethod {
    /// Reads an `xenc:EncryptionMethod` of a wrapped key; algorithms that are not known are refused.
    init(reading node: NodeID, uri: String, in document: XMLDocument) throws(XMLEncryptionError) {
        if let plain = Self.withoutParameters(uri) {
            for _ in document.elements(in: node) {
                throw .malformed("xenc:EncryptionMethod has parameters that \(uri) does not take")
            }
            self = plain
            return
        }
        guard uri == Self.mgf1pURI || uri == Self.oaepURI else { throw .unsupportedAlgorithm(uri: uri) }
        var digest: DigestAlgorithm?
        var mask: DigestAlgorithm?
        for parameter in document.elements(in: node) {
            let value = document.attribute("Algorithm", of: parameter) ?? ""
            if document.isNamed(parameter, "DigestMethod", in: XMLSignatureNamespace.signature), digest == nil {
                guard let named = DigestAlgorithm(uri: value) else { throw .unsupportedAlgorithm(uri: value) }
                digest = named
            } else if document.isNamed(parameter, "MGF", in: XMLEncryptionNamespace.encryption11), mask == nil,
                uri == Self.oaepURI
            {
                guard let named = MaskGeneration.digest(of: value) else { throw .unsupportedAlgorithm(uri: value) }
                mask = named
            } else if document.isNamed(parameter, "MGF", in: XMLEncryptionNamespace.encryption11), uri == Self.mgf1pURI
            {
                throw .malformed("rsa-oaep-mgf1p has a mask of its own: xenc11:MGF belongs to rsa-oaep alone")
            } else if document.isNamed(parameter, "OAEPparams", in: XMLEncryptionNamespace.encryption) {
                throw .malformed("xenc:OAEPparams are not supported")
            } else {
                throw .malformed("xenc:EncryptionMethod of a key takes one ds:DigestMethod and one xenc11:MGF at most")
            }
        }
        self =
            uri == Self.mgf1pURI
            ? .rsaOAEPMGF1P(digest: digest ?? .sha1) : .rsaOAEP(digest: digest ?? .sha1, mgf: mask ?? .sha1)
    }

    private static func withoutParameters(_ uri: String) -> KeyTransportMethod? {
        uri == rsa15URI ? .rsa15 : KeyWrapMethod(rawValue: uri).map { .keyWrap($0) }
    }
}
