import Cryptography
import XML
import XMLSignature

/// The keys that a plain XML Signature brings in its `ds:KeyInfo`: certificates and key values.
struct VectorKeys {
    let document: XMLDocument

    var publicKeys: [PublicKey] {
        var keys: [PublicKey] = []
        for node in document.descendants(of: document.root) {
            let name = document.name(of: node)
            switch (name.namespace, name.localName) {
            case (XMLSignatureNamespace.signature, "X509Certificate"):
                if let octets = octets(of: node), let certificate = try? Certificate(der: octets) {
                    keys.append(certificate.publicKey)
                }
            case (Self.signature11, "DEREncodedKeyValue"): append(octets(of: node), to: &keys)
            case (XMLSignatureNamespace.signature, "RSAKeyValue"): append(rsa(node), to: &keys)
            case (Self.signature11, "ECKeyValue"): append(elliptic(node), to: &keys)
            default: continue
            }
        }
        return keys
    }

    private static let signature11 = "http://www.w3.org/2009/xmldsig11#"
    /// Object identifiers as DER: rsaEncryption, id-ecPublicKey.
    private static let rsaEncryption: [UInt8] = [0x06, 9, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 1, 1]
    private static let ellipticKey: [UInt8] = [0x06, 7, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 2, 1]
    private static let curves: [String: [UInt8]] = [
        "urn:oid:1.2.840.10045.3.1.7": [0x06, 8, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 3, 1, 7],
        "urn:oid:1.3.132.0.34": [0x06, 5, 0x2B, 0x81, 4, 0, 34],
        "urn:oid:1.3.132.0.35": [0x06, 5, 0x2B, 0x81, 4, 0, 35],
    ]

    private func append(_ spki: [UInt8]?, to keys: inout [PublicKey]) {
        if let spki, let key = try? PublicKey(spki: spki) { keys.append(key) }
    }

    private func rsa(_ node: NodeID) -> [UInt8]? {
        let numbers = document.elements(in: node).compactMap(octets)
        guard numbers.count == 2 else { return nil }
        let key = Self.der(0x30, numbers.flatMap { Self.integer($0) })
        return Self.spki(Self.der(0x30, Self.rsaEncryption + [0x05, 0]), key)
    }

    private func elliptic(_ node: NodeID) -> [UInt8]? {
        let children = Array(document.elements(in: node))
        guard children.count == 2, let uri = document.attribute("URI", of: children[0]), let curve = Self.curves[uri],
            let point = octets(of: children[1])
        else { return nil }
        return Self.spki(Self.der(0x30, Self.ellipticKey + curve), point)
    }

    private func octets(of node: NodeID) -> [UInt8]? {
        Base64.decode(document.text(of: node))
    }

    /// A positive INTEGER.
    private static func integer(_ octets: [UInt8]) -> [UInt8] {
        let digits = octets.drop { $0 == 0 }
        return der(0x02, (digits.first ?? 0) > 0x7F ? [0] + digits : Array(digits))
    }

    private static func spki(_ algorithm: [UInt8], _ key: [UInt8]) -> [UInt8] {
        der(0x30, algorithm + der(0x03, [0] + key))
    }

    private static func der(_ tag: UInt8, _ content: some Collection<UInt8>) -> [UInt8] {
        let count = content.count
        switch count {
        case ...0x7F: return [tag, UInt8(count)] + content
        case ...0xFF: return [tag, 0x81, UInt8(count)] + content
        default: return [tag, 0x82, UInt8(count >> 8 & 0xFF), UInt8(count & 0xFF)] + content
        }
    }
}
