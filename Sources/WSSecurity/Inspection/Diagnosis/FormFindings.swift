import Cryptography
import XML
import XMLEncryption
import XMLSignature

/// What can be said of a message without computing: cut values, algorithms of old, marks of what it passed through.
struct FormFindings {
    let inspector: MessageInspector

    private var document: XMLDocument { inspector.document }
    /// The most broken values that are told.
    private static let limit = 8

    func list(headers: [NodeID]) -> [DiagnosisFinding] {
        guard !headers.isEmpty else {
            return [DiagnosisFinding(nil, "the message has no wsse:Security header: it is not protected")]
        }
        let within = headers.flatMap { Array(document.descendants(of: $0)) }
        return tokens(within) + base64(within) + legacy(within) + packaging()
    }

    private func tokens(_ nodes: [NodeID]) -> [DiagnosisFinding] {
        nodes.filter { document.isNamed($0, "BinarySecurityToken", in: WSSNamespace.extension) }
            .filter { InspectedCertificate.token($0, in: document) == nil }
            .map { node in
                let cut = InspectedCertificate.truncation(of: node, in: document)
                let type = document.attribute("ValueType", of: node) ?? "none"
                return DiagnosisFinding(
                    .invalidSecurityToken,
                    cut.map { "wsse:BinarySecurityToken was cut: \($0)" }
                        ?? "wsse:BinarySecurityToken holds no certificate that can be read (ValueType \(type))"
                )
            }
    }

    private func base64(_ nodes: [NodeID]) -> [DiagnosisFinding] {
        let names = ["ds:SignatureValue", "ds:DigestValue", "xenc:CipherValue"]
        let broken = nodes.lazy.filter { names.contains(document.standardName(of: $0)) }
            .map { (node: $0, octets: document.textOctets(of: $0).filter { !$0.isXMLSpace }) }
            .filter { Base64.decode($0.octets) == nil }
        return Array(broken.prefix(Self.limit))
            .map { node, octets in
                let line = document.lineAndColumn(at: document.range(of: node).lowerBound).line
                let reason =
                    octets.count % 4 == 0
                    ? "it holds characters that are none of Base64's"
                    : "its \(octets.count) characters are no multiple of four: it was cut, or something was added"
                return DiagnosisFinding(.failedCheck, "\(document.standardName(of: node)) on line \(line): \(reason)")
            }
    }

    /// Algorithms that a receiver refuses until it is told to allow them.
    private static let old: [(uri: String, name: String, word: String)] = [
        (XMLSignatureNamespace.signature + "sha1", "SHA-1", "sha-1"),
        (XMLSignatureNamespace.signature + "rsa-sha1", "RSA with SHA-1", "sha-1"),
        (XMLSignatureNamespace.signature + "hmac-sha1", "HMAC with SHA-1", "sha-1"),
        (XMLSignatureNamespace.signature + "dsa-sha1", "DSA with SHA-1", ""),
        ("http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha1", "ECDSA with SHA-1", "sha-1"),
        (XMLEncryptionNamespace.encryption + "rsa-1_5", "RSA PKCS#1 v1.5 key transport", "rsa-1_5"),
        (XMLEncryptionNamespace.encryption + "tripledes-cbc", "3DES", "3des"),
        (XMLEncryptionNamespace.encryption + "aes128-cbc", "AES-128 in CBC", "cbc"),
        (XMLEncryptionNamespace.encryption + "aes192-cbc", "AES-192 in CBC", "cbc"),
        (XMLEncryptionNamespace.encryption + "aes256-cbc", "AES-256 in CBC", "cbc"),
    ]

    private func legacy(_ nodes: [NodeID]) -> [DiagnosisFinding] {
        let elements = nodes + Array(document.descendants(of: inspector.layout.body))
        let used = Set(elements.compactMap(methodURI))
        let found = Self.old.filter { used.contains($0.uri) }
        guard !found.isEmpty else { return [] }
        let words = Set(found.map(\.word).filter { !$0.isEmpty }).sorted().map { "--allow " + $0 }
        return [
            DiagnosisFinding(
                nil,
                "legacy algorithms: " + found.map(\.name).joined(separator: ", "),
                remedy: words.isEmpty
                    ? nil : "refused unless allowed: \(words.joined(separator: " ")); better, the sender changes them"
            )
        ]
    }

    private func methodURI(_ node: NodeID) -> String? {
        let names = ["ds:SignatureMethod", "ds:DigestMethod", "xenc:EncryptionMethod"]
        guard names.contains(document.standardName(of: node)) else { return nil }
        // A digest within EncryptionMethod is OAEP's, which does not rest on collision resistance.
        let isOfEncryption = document.parent(of: node)
            .map { document.isNamed($0, "EncryptionMethod", in: XMLEncryptionNamespace.encryption) }
        return isOfEncryption == true ? nil : document.attribute("Algorithm", of: node)
    }

    private func packaging() -> [DiagnosisFinding] {
        let include = ExpandedName("Include", in: "http://www.w3.org/2004/08/xop/include")
        var found: [DiagnosisFinding] = []
        if document.descendants(of: document.root).contains(where: { document.name(of: $0) == include }) {
            let text = "parts were moved into MIME attachments (xop:Include): digests are those of the whole message"
            found.append(DiagnosisFinding(nil, text, remedy: "put the attachments back before verifying"))
        }
        if document.octets.contains(replacementCharacter) {
            let text = "the message holds U+FFFD: some step did not know the charset, and lost characters"
            found.append(DiagnosisFinding(nil, text))
        }
        return found
    }

    private var replacementCharacter: [UInt8] { [0xEF, 0xBF, 0xBD] }
}
