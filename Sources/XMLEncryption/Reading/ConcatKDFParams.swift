import Cryptography
import XML
import XMLSignature

/// `xenc11:ConcatKDFParams` (XML Encryption 1.1 section 5.4.1).
struct ConcatKDFParams: Hashable {
    /// The hash.
    let digest: DigestAlgorithm
    /// The parts of `OtherInfo` that the message gives, one after the other.
    let otherInfo: [UInt8]

    private static let attributes = ["AlgorithmID", "PartyUInfo", "PartyVInfo", "SuppPubInfo", "SuppPrivInfo"]
    private static let digitLimit = 2048

    /// Reads the element.
    init(reading parameters: NodeID, in document: XMLDocument) throws(XMLEncryptionError) {
        guard document.isNamed(parameters, "ConcatKDFParams", in: XMLEncryptionNamespace.encryption11) else {
            throw .malformed("xenc11:KeyDerivationMethod must hold one xenc11:ConcatKDFParams")
        }
        var inner = document.elements(in: parameters).makeIterator()
        guard let method = inner.next(), inner.next() == nil,
            document.isNamed(method, "DigestMethod", in: XMLSignatureNamespace.signature)
        else { throw .malformed("xenc11:ConcatKDFParams must hold one ds:DigestMethod") }
        let name = document.attribute("Algorithm", of: method) ?? ""
        guard let digest = DigestAlgorithm(uri: name) else { throw .unsupportedAlgorithm(uri: name) }
        self.digest = digest
        var otherInfo: [UInt8] = []
        for attribute in Self.attributes {
            otherInfo += try Self.octets(document.attribute(attribute, of: parameters) ?? "", attribute)
        }
        self.otherInfo = otherInfo
    }

    /// The octets of a bit string: hexadecimal, the first octet says how many bits of the last are unused.
    private static func octets(_ text: String, _ attribute: String) throws(XMLEncryptionError) -> [UInt8] {
        guard text.utf8.count <= digitLimit else {
            throw .limitExceeded(of: "digits in \(attribute) of xenc11:ConcatKDFParams", limit: digitLimit)
        }
        guard let octets = Hexadecimal.octets(text), octets.first ?? 0 == 0 else {
            throw .malformed("\(attribute) of xenc11:ConcatKDFParams is not hexadecimal of whole octets after 00")
        }
        return Array(octets.dropFirst())
    }
}
