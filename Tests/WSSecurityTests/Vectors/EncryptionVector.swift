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
        guard first("EncryptedKey", in: original) != nil else {
            guard let secret else { throw .malformed("no wrapped key") }
            return try secret.withSecret { (key: borrowing SecretOctets) throws(XMLEncryptionError) -> [UInt8] in
                try encrypted.decrypted(with: key, in: data.document)
            }
        }
        let wrapped = try rewritten("EncryptedKey")
        let key = try EncryptedKey(reading: wrapped.node, in: wrapped.document, referenceLimit: 16)
        if let secret {
            let content = try key.unwrapped(by: secret, in: wrapped.document)
            return try encrypted.decrypted(with: content, in: data.document)
        }
        let content = try key.unwrapped(
            by: privateKey(parts[1]),
            in: wrapped.document,
            expecting: encrypted.method.cipher.keyOctetCount
        )
        return try encrypted.decrypted(with: content, in: data.document)
    }

    private func privateKey(_ file: String) throws(XMLEncryptionError) -> PrivateKey {
        guard let octets = try? Vectors.octets("\(folder)/keys/\(file)"),
            let key = try? PrivateKey(pem: String(decoding: octets, as: UTF8.self))
        else { throw .malformed("\(file) is no private key") }
        return key
    }

    private func first(_ name: String, in document: XMLDocument) -> NodeID? {
        ([document.root] + Array(document.descendants(of: document.root)))
            .first {
                document.isNamed($0, name, in: Self.namespace)
            }
    }

    /// The first element of that name in a document of its own: its `ds:KeyInfo` holds a key name, unless it agrees on a key.
    private func rewritten(
        _ name: String
    ) throws(XMLEncryptionError) -> (
        document: XMLDocument, node: NodeID
    ) {
        guard let node = first(name, in: original) else { throw .malformed("no xenc:\(name)") }
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
            let node = first(name, in: document)
        else { throw .malformed("the vector cannot be rewritten") }
        return (document, node)
    }

    private static let namespace = "http://www.w3.org/2001/04/xmlenc#"
}
