import Cryptography
import XML
import XMLSignature

/// `HKDFParams` of the successor of RFC 9231, as Santuario and the eDelivery profile of AS4 have it.
struct HKDFParams: Hashable {
    /// The hash of the pseudorandom function; SHA-256 where the message names none.
    let digest: DigestAlgorithm
    /// The salt; may be empty.
    let salt: [UInt8]
    /// What the key is bound to; may be empty.
    let info: [UInt8]
    /// The length of the key where the message says it.
    let octetCount: Int?

    /// The namespace of the element and its children.
    static let namespace = "http://www.w3.org/2021/04/xmldsig-more#"
    private static let octetLimit = 1024

    /// Reads the element: PRF, Salt, Info and KeyLength (in octets), each at most once and in this order.
    init(reading node: NodeID, in document: XMLDocument) throws(XMLEncryptionError) {
        guard document.isNamed(node, "HKDFParams", in: Self.namespace) else {
            throw .malformed("xenc11:KeyDerivationMethod of HKDF must hold one HKDFParams")
        }
        var rest: ArraySlice<NodeID> = []
        for child in document.elements(in: node).prefix(5) { rest.append(child) }
        func take(_ name: String) -> NodeID? {
            guard let node = rest.first, document.isNamed(node, name, in: Self.namespace) else { return nil }
            rest.removeFirst()
            return node
        }
        digest = try take("PRF").map { node throws(XMLEncryptionError) in try Self.digest(node, document) } ?? .sha256
        salt = try take("Salt").map { node throws(XMLEncryptionError) in try Self.octets(node, document) } ?? []
        info = try take("Info").map { node throws(XMLEncryptionError) in try Self.octets(node, document) } ?? []
        octetCount = try take("KeyLength").map { node throws(XMLEncryptionError) in try Self.count(node, document) }
        guard rest.isEmpty else { throw .malformed("HKDFParams holds an element that is not its own") }
    }

    private static func digest(
        _ node: NodeID,
        _ document: XMLDocument
    ) throws(XMLEncryptionError) -> DigestAlgorithm {
        let uri = document.attribute("Algorithm", of: node) ?? ""
        guard let digest = DigestAlgorithm.allCases.first(where: { SignatureMethod.hmac($0).uri == uri }) else {
            throw .unsupportedAlgorithm(uri: uri)
        }
        return digest
    }

    private static func octets(_ node: NodeID, _ document: XMLDocument) throws(XMLEncryptionError) -> [UInt8] {
        guard document.elements(in: node).first(where: { _ in true }) == nil,
            let octets = Base64.decode(document.text(of: node)), octets.count <= octetLimit
        else { throw .malformed("\(document.name(of: node).localName) in HKDFParams is not short Base64") }
        return octets
    }

    private static func count(_ node: NodeID, _ document: XMLDocument) throws(XMLEncryptionError) -> Int {
        let text = document.text(of: node).trimmingXMLSpace()
        guard text.utf8.count <= 4, let count = Int(text), count > 0 else {
            throw .malformed("KeyLength in HKDFParams is not a small number")
        }
        return count
    }
}
