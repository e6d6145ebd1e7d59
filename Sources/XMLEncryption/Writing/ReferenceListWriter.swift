/// Writes `xenc:ReferenceList` (XML Encryption 1.1 section 3.6).
package enum ReferenceListWriter {
    /// The list of the data with those ids, which need no escaping; declares its prefix.
    package static func text(_ ids: [String]) -> String {
        "<xenc:ReferenceList xmlns:xenc=\"\(XMLEncryptionNamespace.encryption)\">" + references(ids)
            + "</xenc:ReferenceList>"
    }

    /// The content of the list.
    static func references(_ ids: [String]) -> String {
        ids.map { "<xenc:DataReference URI=\"#\($0)\"/>" }.joined()
    }
}
