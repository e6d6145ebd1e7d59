import Cryptography
import FoundationEssentials
import TestSupport
import XML
import XMLEncryption
import XMLSignature

/// A plain XML Encryption, opened by the engine's own readers.
///
/// XML Encryption lets a wrapped key stand in the data's `ds:KeyInfo` beside other things, and data be of any type.
/// WS-Security does not: what names keys is put into its form, and a missing type becomes that of content.
struct EncryptionVector {
    private let original: XMLDocument
    private let folder: String

    /// Scans `octets`; keys that a row names are in `folder`.
    init(_ octets: [UInt8], keysIn folder: String) throws(XMLError) {
        original = try XMLDocument(scanning: octets)
        self.folder = folder
    }

    /// The plaintext under the key that `word` names: `secret:HEXADECIMAL` or `key:FILE`.
    func plaintext(key word: String) throws(XMLEncryptionError) -> [UInt8] {
        let parts = word.split(separator: ":", maxSplits: 1).map(String.init)
        let isSecret = parts[0] == "secret"
        let secret = isSecret ? SecretKey(copying: Hexadecimal.octets(parts[1]) ?? []) : nil
        let data = try rewritten("EncryptedData")
        let encrypted = try EncryptedData(reading: data.node, in: data.document)
        let count = all("EncryptedKey", in: original).count
        guard count > 0 else {
            guard all("AgreementMethod", in: original).isEmpty else {
                throw .malformed("xenc:AgreementMethod without a wrapped key")
            }
            guard let secret else { throw .malformed("no wrapped key") }
            return try secret.withSecret { (key: borrowing SecretOctets) throws(XMLEncryptionError) -> [UInt8] in
                try encrypted.decrypted(with: key, in: data.document)
            }
        }
        // Of several wrapped keys one is for the recipient.
        for number in 0..<count - 1 {
            if let content = try? contentKey(number, secret, parts[1], for: encrypted),
                let plaintext = try? encrypted.decrypted(with: content, in: data.document)
            {
                return plaintext
            }
        }
        return try encrypted.decrypted(with: contentKey(count - 1, secret, parts[1], for: encrypted), in: data.document)
    }

    private func contentKey(
        _ number: Int,
        _ secret: SecretKey?,
        _ file: String,
        for encrypted: EncryptedData
    ) throws(XMLEncryptionError) -> SecretOctets {
        let wrapped = try rewritten("EncryptedKey", number)
        let key = try EncryptedKey(reading: wrapped.node, in: wrapped.document, referenceLimit: 16)
        if let secret { return try key.unwrapped(by: secret, in: wrapped.document) }
        return try key.unwrapped(
            by: privateKey(file),
            in: wrapped.document,
            expecting: encrypted.method.cipher.keyOctetCount
        )
    }

    /// Whether `document` is the same in canonical form as the file with `plaintext` in the place of its encrypted data.
    func isSame(_ document: [UInt8], with plaintext: [UInt8]) throws(XMLError) -> Bool {
        guard let data = all("EncryptedData", in: original).first else { return false }
        let opened = original.applying([XMLEdit(range: original.range(of: data), replacement: plaintext)])
        let form = Canonicalization(.inclusive10, withComments: true)
        let documents = [try XMLDocument(scanning: opened), try XMLDocument(scanning: document)]
        return documents[0].canonicalOctets(of: .document, by: form)
            == documents[1].canonicalOctets(of: .document, by: form)
    }

    private func privateKey(_ file: String) throws(XMLEncryptionError) -> PrivateKey {
        guard let octets = try? Vectors.octets("\(folder)/keys/\(file)"),
            let key = try? PrivateKey(pem: String(decoding: octets, as: UTF8.self))
        else { throw .malformed("\(file) is no private key") }
        return key
    }

    private func all(_ name: String, in document: XMLDocument) -> [NodeID] {
        ([document.root] + Array(document.descendants(of: document.root)))
            .filter { document.isNamed($0, name, in: Self.namespace) }
    }

    /// The element of that name and number in a document of its own: its `ds:KeyInfo` holds a key name, unless it agrees on a key.
    private func rewritten(
        _ name: String,
        _ number: Int = 0
    ) throws(XMLEncryptionError) -> (
        document: XMLDocument, node: NodeID
    ) {
        let nodes = all(name, in: original)
        guard nodes.indices.contains(number) else { throw .malformed("no xenc:\(name)") }
        let node = nodes[number]
        let signature = XMLSignatureNamespace.signature
        let children = Array(original.elements(in: node))
        let named = #"<KeyInfo xmlns="\#(signature)"><KeyName>vector</KeyName></KeyInfo>"#
        var edits: [XMLEdit] = []
        if let info = children.first(where: { original.isNamed($0, "KeyInfo", in: signature) }) {
            let agrees = original.elements(in: info)
                .contains {
                    original.name(of: $0).localName == "AgreementMethod"
                }
            if !agrees { edits.append(XMLEdit(range: original.range(of: info), text: named)) }
        } else if let method = children.first {
            edits.append(XMLEdit(inserting: Array(named.utf8), at: original.range(of: method).upperBound))
        }
        let isTyped = original.attribute("Type", of: node)?.hasPrefix(Self.namespace) == true
        if name == "EncryptedData", !isTyped {
            if let type = original.attributes(of: node).first(where: { $0.name == ExpandedName("Type") }) {
                edits.append(XMLEdit(range: type.range, text: #"Type="\#(Self.namespace)Content""#))
            } else {
                let tag = original.octets[original.range(of: node)]
                let end =
                    tag.firstIndex { $0 == 0x20 || $0 == 0x0A || $0 == UInt8(ascii: ">") } ?? tag.startIndex
                edits.append(XMLEdit(inserting: Array(#" Type="\#(Self.namespace)Content""#.utf8), at: end))
            }
        }
        guard let document = try? XMLDocument(scanning: original.applying(edits)),
            case let found = all(name, in: document), found.indices.contains(number)
        else { throw .malformed("the vector cannot be rewritten") }
        return (document, found[number])
    }

    private static let namespace = "http://www.w3.org/2001/04/xmlenc#"
}
