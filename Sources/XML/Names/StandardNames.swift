/// Names of the standards that most protected messages hold; every table begins with them, checked and split already.
///
/// What a document may hold does not depend on it: names that are not here are found as quickly, from the second time on.
enum StandardNames {
    /// The namespaces.
    private static let namespaces = [
        "http://schemas.xmlsoap.org/soap/envelope/",
        "http://www.w3.org/2003/05/soap-envelope",
        "http://www.w3.org/2005/08/addressing",
        "http://www.w3.org/2001/XMLSchema-instance",
        "http://www.w3.org/2001/XMLSchema",
        "http://www.w3.org/2000/09/xmldsig#",
        "http://www.w3.org/2001/10/xml-exc-c14n#",
        "http://www.w3.org/2001/04/xmlenc#",
        "http://www.w3.org/2009/xmlenc11#",
        "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd",
        "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd",
        "http://docs.oasis-open.org/wss/oasis-wss-wssecurity-secext-1.1.xsd",
    ]

    /// Attributes without prefix.
    private static let attributes = ["Algorithm", "EncodingType", "Id", "PrefixList", "Type", "URI", "ValueType"]

    /// Local names by the prefixes that are usual with them.
    private static let qualified: [(prefixes: [String], localNames: [String])] = [
        (["soapenv", "soap", "S", "env", "SOAP-ENV"], ["Envelope", "Header", "Body", "Fault", "mustUnderstand"]),
        (["wsa"], ["Action", "Address", "From", "MessageID", "RelatesTo", "ReplyTo", "To"]),
        (["xml"], ["id", "lang", "space"]),
        (["xsi"], ["nil", "type"]),
        (["xsd"], []),
        (["wsse"], ["BinarySecurityToken", "KeyIdentifier", "Reference", "Security", "SecurityTokenReference"]),
        (["wsse11"], ["TokenType"]),
        (["wsu"], ["Created", "Expires", "Id", "Timestamp"]),
        (["ec"], ["InclusiveNamespaces"]),
        (
            ["ds"],
            [
                "CanonicalizationMethod", "DigestMethod", "DigestValue", "KeyInfo", "Reference", "Signature",
                "SignatureMethod", "SignatureValue", "SignedInfo", "Transform", "Transforms", "X509Certificate",
                "X509Data", "X509IssuerName", "X509IssuerSerial", "X509SerialNumber",
            ]
        ),
        (
            ["xenc"],
            [
                "CipherData", "CipherValue", "DataReference", "EncryptedData", "EncryptedKey", "EncryptionMethod",
                "ReferenceList",
            ]
        ),
        (["xenc11"], ["MGF"]),
    ]

    /// Adds them to `names`, which has the reserved ones.
    static func add(to names: inout NameTable) {
        for namespace in namespaces { names.add(namespace) }
        for localName in attributes { names.add(localName, prefix: "", localName: localName) }
        names.add("xmlns", prefix: "", localName: "xmlns")
        for (prefixes, localNames) in qualified {
            for prefix in prefixes {
                names.add("xmlns:" + prefix, prefix: "xmlns", localName: prefix)
                for localName in localNames {
                    names.add(localName, prefix: "", localName: localName)
                    names.add(prefix + ":" + localName, prefix: prefix, localName: localName)
                }
            }
        }
    }
}

extension NameTable {
    /// Adds `text`; as a qualified name when it is split.
    fileprivate mutating func add(_ text: String, prefix: String? = nil, localName: String = "") {
        guard let id = intern(text), let prefix, let part = intern(prefix), let rest = intern(localName) else { return }
        records[id].prefix = part
        records[id].localName = rest
    }
}
