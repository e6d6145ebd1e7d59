import Cryptography
import XML
import XMLEncryption

extension Protecting {
    /// What encrypting does to a message.
    struct Encryption {
        /// The `xenc:EncryptedKey`.
        let key: [UInt8]
        /// The contents that become `xenc:EncryptedData`.
        let edits: [XMLEdit]
    }

    /// Encrypts the content of the parts under a fresh key; `nil` when nothing is encrypted.
    func encrypt(_ document: XMLDocument, _ layout: EnvelopeLayout) throws(SecurityFault) -> Encryption? {
        guard let (settings, recipient) = protection.encryption, let reference = encryptionReference else { return nil }
        let nodes = try encryptedNodes(settings, in: document, layout)
        let ids = nodes.indices.map(identifiers.encryptedData)
        let key = settings.algorithm.cipher.generateKey()
        let data = EncryptedDataWriter(method: settings.algorithm)
        let keyInfo = SecurityTokenReferenceWriter.encryptedKey(id: identifiers.encryptedKey)
        do throws(XMLEncryptionError) {
            var edits: [XMLEdit] = []
            for (node, id) in zip(nodes, ids) {
                let content = document.octets[document.contentRange(of: node)]
                let octets = try data.encryptedContent(content, id: id, key: key, keyInfo: keyInfo)
                edits.append(document.replacingContent(of: node, with: octets))
            }
            let wrapped = try EncryptedKeyWriter(method: settings.keyTransport)
                .encryptedKey(
                    key,
                    id: identifiers.encryptedKey,
                    recipient: recipient.publicKey,
                    keyInfo: reference.text,
                    dataReferences: ids
                )
            return Encryption(key: wrapped, edits: edits)
        } catch {
            throw SecurityFault(.cannotProtect, error.description, hint: .certificate(recipient))
        }
    }

    private func encryptedNodes(
        _ settings: EncryptionSettings,
        in document: XMLDocument,
        _ layout: EnvelopeLayout
    ) throws(SecurityFault) -> [NodeID] {
        guard !settings.parts.contains(.timestamp) else {
            throw SecurityFault(
                .cannotProtect,
                "encrypting the timestamp is not supported: it is read before any key is used"
            )
        }
        var nodes: [NodeID] = []
        for part in settings.parts {
            for node in try layout.nodes(of: part, in: document) where !nodes.contains(node) { nodes.append(node) }
        }
        guard !nodes.isEmpty else { throw SecurityFault(.cannotProtect, "the settings name no part to encrypt") }
        return nodes
    }
}
