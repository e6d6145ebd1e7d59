import SwiftASN1

/// The names of attribute types in distinguished names: RFC 4514 section 3 and what else is met in messages.
enum AttributeType {
    /// The names that RFC 4514 has; only these are written.
    static let written: [ASN1ObjectIdentifier: String] = [
        [2, 5, 4, 3]: "CN",
        [2, 5, 4, 7]: "L",
        [2, 5, 4, 8]: "ST",
        [2, 5, 4, 10]: "O",
        [2, 5, 4, 11]: "OU",
        [2, 5, 4, 6]: "C",
        [2, 5, 4, 9]: "STREET",
        [0, 9, 2342, 19_200_300, 100, 1, 25]: "DC",
        [0, 9, 2342, 19_200_300, 100, 1, 1]: "UID",
    ]

    private static let read: [String: ASN1ObjectIdentifier] = {
        var names: [String: ASN1ObjectIdentifier] = [
            "S": [2, 5, 4, 8],
            "E": [1, 2, 840, 113_549, 1, 9, 1],
            "EMAIL": [1, 2, 840, 113_549, 1, 9, 1],
            "EMAILADDRESS": [1, 2, 840, 113_549, 1, 9, 1],
            "SERIALNUMBER": [2, 5, 4, 5],
            "STATE": [2, 5, 4, 8],
            "STREETADDRESS": [2, 5, 4, 9],
            "USERID": [0, 9, 2342, 19_200_300, 100, 1, 1],
            "SN": [2, 5, 4, 4],
            "SURNAME": [2, 5, 4, 4],
            "G": [2, 5, 4, 42],
            "GN": [2, 5, 4, 42],
            "GIVENNAME": [2, 5, 4, 42],
            "T": [2, 5, 4, 12],
            "TITLE": [2, 5, 4, 12],
            "I": [2, 5, 4, 43],
            "INITIALS": [2, 5, 4, 43],
            "GENERATION": [2, 5, 4, 44],
            "GENERATIONQUALIFIER": [2, 5, 4, 44],
            "DNQ": [2, 5, 4, 46],
            "DNQUALIFIER": [2, 5, 4, 46],
            "PSEUDONYM": [2, 5, 4, 65],
            "ORGANIZATIONIDENTIFIER": [2, 5, 4, 97],
            "BUSINESSCATEGORY": [2, 5, 4, 15],
            "POSTALCODE": [2, 5, 4, 17],
            "DESCRIPTION": [2, 5, 4, 13],
            "NAME": [2, 5, 4, 41],
            "UNSTRUCTUREDNAME": [1, 2, 840, 113_549, 1, 9, 2],
            "JURISDICTIONL": [1, 3, 6, 1, 4, 1, 311, 60, 2, 1, 1],
            "JURISDICTIONST": [1, 3, 6, 1, 4, 1, 311, 60, 2, 1, 2],
            "JURISDICTIONC": [1, 3, 6, 1, 4, 1, 311, 60, 2, 1, 3],
        ]
        for (identifier, name) in written { names[name] = identifier }
        return names
    }()

    /// The identifier of a name in any case, or of dotted decimal with or without `OID.` before it.
    static func identifier(_ name: String) -> ASN1ObjectIdentifier? {
        let upper = name.uppercased()
        if let identifier = read[upper] { return identifier }
        let dotted = upper.hasPrefix("OID.") ? upper.dropFirst(4) : upper[...]
        guard dotted.utf8.count <= 128, dotted.contains("."),
            dotted.allSatisfy({ $0.isASCII && ($0.isNumber || $0 == ".") })
        else { return nil }
        return try? ASN1ObjectIdentifier(dotRepresentation: dotted)
    }
}
