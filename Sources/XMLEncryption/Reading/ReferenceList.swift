package import XML
import XMLSignature

/// `xenc:ReferenceList` (XML Encryption 1.1 section 3.6).
package enum ReferenceList {
    /// The ids that its `xenc:DataReference` elements name, at most `limit`; `xenc:KeyReference` is refused.
    package static func ids(
        in list: NodeID,
        of document: XMLDocument,
        limit: Int
    ) throws(XMLEncryptionError) -> [String] {
        guard document.isNamed(list, "ReferenceList", in: XMLEncryptionNamespace.encryption) else {
            throw .malformed("\(document.name(of: list)) is not allowed after xenc:CipherData")
        }
        var ids: [String] = []
        for child in document.elements(in: list) {
            guard document.isNamed(child, "DataReference", in: XMLEncryptionNamespace.encryption),
                document.firstChild(of: child) == nil,
                let uri = document.attribute("URI", of: child), let id = SameDocumentReference.id(in: uri)
            else { throw .malformed("xenc:ReferenceList may hold xenc:DataReference to \"#id\" only") }
            guard !ids.contains(id) else { throw .malformed("xenc:ReferenceList names the same data twice") }
            guard ids.count < limit else { throw .limitExceeded(of: "encrypted parts", limit: limit) }
            ids.append(id)
        }
        return ids
    }
}
