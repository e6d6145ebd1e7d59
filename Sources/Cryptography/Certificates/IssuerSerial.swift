/// What names a certificate by its issuer: `ds:X509IssuerSerial` of XML Signature section 4.5.4.1.
package struct IssuerSerial: Hashable, Sendable {
    /// The issuer's name.
    package let issuer: DistinguishedName
    /// The serial number in decimal, without leading zeros.
    package let serialNumber: String

    init(issuer: DistinguishedName, serialNumber: String) {
        self.issuer = issuer
        self.serialNumber = serialNumber
    }

    /// Reads both from text; `nil` when either is not what it should be.
    package init?(issuerName: String, serialNumber: String) {
        guard let issuer = try? DistinguishedName(issuerName), let number = Self.normalized(serialNumber) else {
            return nil
        }
        self.init(issuer: issuer, serialNumber: number)
    }

    private static func normalized(_ text: String) -> String? {
        guard text.utf8.count <= 256 else { return nil }
        var digits = text[...]
        while digits.first?.isWhitespace == true { digits.removeFirst() }
        while digits.last?.isWhitespace == true { digits.removeLast() }
        let isNegative = digits.first == "-"
        if isNegative { digits.removeFirst() }
        guard !digits.isEmpty, digits.allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
        let significant = digits.drop { $0 == "0" }
        return significant.isEmpty ? "0" : (isNegative ? "-" : "") + significant
    }
}
