/// References of the form `#id`; all others (documents, URLs, XPointers, the whole document) are refused.
package enum SameDocumentReference {
    /// The id in `uri`; `nil` when it is anything else.
    package static func id(in uri: String) -> String? {
        guard uri.utf8.first == UInt8(ascii: "#"), uri.utf8.count > 1 else { return nil }
        let id = String(uri.dropFirst())
        let isPlain = id.utf8.withContiguousStorageIfAvailable { $0.allSatisfy(mayBeID) } ?? id.utf8.allSatisfy(mayBeID)
        return isPlain ? id : nil
    }

    private static func mayBeID(_ unit: UInt8) -> Bool {
        unit > 0x20 && unit != UInt8(ascii: "(") && unit != UInt8(ascii: ")") && unit != UInt8(ascii: "#")
            && unit != UInt8(ascii: "/")
    }
}
