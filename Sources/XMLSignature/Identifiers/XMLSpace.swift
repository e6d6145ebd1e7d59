extension String {
    /// The text without white space of XML at its ends.
    package func trimmingXMLSpace() -> String {
        let units = utf8
        guard let first = units.firstIndex(where: { !$0.isXMLSpace }),
            let last = units.lastIndex(where: { !$0.isXMLSpace })
        else { return "" }
        return String(self[first...last])
    }
}

extension UInt8 {
    /// Whether the octet is white space of XML (XML 1.0 section 2.3).
    package var isXMLSpace: Bool { self == 0x20 || self == 0x09 || self == 0x0A || self == 0x0D }
}
