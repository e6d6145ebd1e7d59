import Cryptography
import XML
import XMLEncryption
import XMLSignature

/// A message with what given keys open in it, to be looked at alone: no policy was asked, nothing is handed on.
enum OpenedMessage {
    private static let limit = 16

    /// The document with plaintexts in place; `nil` when no key opens anything.
    static func document(_ inspector: MessageInspector, keys: [DecryptionKey]) -> XMLDocument? {
        guard !keys.isEmpty else { return nil }
        let document = inspector.document
        var replacements: [DecryptedDocument.Replacement] = []
        for header in inspector.securityHeaders {
            let lists = ids(ofListsIn: header, of: document)
            for node in document.elements(in: header)
            where document.isNamed(node, "EncryptedKey", in: XMLEncryptionNamespace.encryption) {
                replacements += opened(node, inspector, keys, further: lists)
            }
        }
        guard !replacements.isEmpty else { return nil }
        return try? DecryptedDocument(replacing: replacements, in: document, limits: .standard).document
    }

    private static func opened(
        _ node: NodeID,
        _ inspector: MessageInspector,
        _ keys: [DecryptionKey],
        further ids: [String]
    ) -> [DecryptedDocument.Replacement] {
        let document = inspector.document
        let named = KeyInfoInspector(document: document, identifiers: inspector.identifiers).key(of: node)
        guard let key = try? EncryptedKey(reading: node, in: document, referenceLimit: limit),
            let own = keys.first(where: { named.hint?.fits($0.certificate) == true })
        else { return [] }
        do throws(XMLEncryptionError) {
            var data: [EncryptedData] = []
            for id in key.dataReferences.isEmpty ? ids : key.dataReferences {
                guard let place = inspector.identifiers.element(of: "#" + id) else { continue }
                data.append(try EncryptedData(reading: place, in: document))
            }
            guard let first = data.first else { return [] }
            let octetCount = first.method.cipher.keyOctetCount
            let contentKey = try key.unwrapped(by: own.key, in: document, expecting: octetCount)
            var replacements: [DecryptedDocument.Replacement] = []
            for part in data {
                let plaintext = try part.decrypted(with: contentKey, in: document)
                let wrapper = document.parent(of: part.node)
                    .flatMap { document.isNamed($0, "EncryptedHeader", in: WSSNamespace.extension11) ? $0 : nil }
                replacements.append(
                    DecryptedDocument.Replacement(
                        kind: part.kind,
                        node: wrapper ?? part.node,
                        plaintext: plaintext[...]
                    )
                )
            }
            return replacements
        } catch {
            return []
        }
    }

    private static func ids(ofListsIn header: NodeID, of document: XMLDocument) -> [String] {
        document.elements(in: header)
            .filter { document.isNamed($0, "ReferenceList", in: XMLEncryptionNamespace.encryption) }
            .flatMap { (try? ReferenceList.ids(in: $0, of: document, limit: limit)) ?? [] }
    }
}
