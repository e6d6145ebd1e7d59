import XML
import XMLEncryption
import XMLSignature

extension ProfileCheck {
    private static let ciphers = ["tripledes-cbc", "aes128-cbc", "aes256-cbc"]
        .map { XMLEncryptionNamespace.encryption + $0 }
    private static let keyMethods = ["rsa-1_5", "rsa-oaep-mgf1p", "kw-tripledes", "kw-aes128", "kw-aes256"]
        .map { XMLEncryptionNamespace.encryption + $0 }

    mutating func checkEncryptedKey(_ node: NodeID, in header: NodeID?) {
        for (attribute, rule) in [
            ("Type", ProfileRule.r3209), ("MimeType", .r5622), ("Encoding", .r5623), ("Recipient", .r5602),
        ] where has(attribute, on: node) { report(rule, node) }
        checkMethod(of: node, missing: .r5603, among: Self.keyMethods, other: .r5626)
        checkKeyInfo(of: node)
        for list in children("xenc:ReferenceList", of: node) {
            checkDataReferences(of: list, .r3006)
            for reference in children("xenc:DataReference", of: list) {
                guard let header, let data = identifiers.element(of: document.attribute("URI", of: reference) ?? ""),
                    document.isNode(data, within: header), data < node
                else { continue }
                report(.r3208, data)
            }
        }
    }

    mutating func checkEncryptedData(_ node: NodeID) {
        checkMethod(of: node, missing: .r5601, among: Self.ciphers, other: .r5620)
        checkKeyInfo(of: node)
        let id = document.attribute("Id", of: node) ?? ""
        if children("ds:KeyInfo", of: node).isEmpty, !namedByKeys.contains(id) { report(.r5629, node) }
    }

    mutating func checkDataReferences(of list: NodeID, _ rule: ProfileRule) {
        for reference in children("xenc:DataReference", of: list)
        where identifiers.element(of: document.attribute("URI", of: reference) ?? "") == nil {
            report(rule, reference)
        }
    }

    private mutating func checkKeyInfo(of node: NodeID) {
        for info in children("ds:KeyInfo", of: node) {
            // An EncryptedKey may stand within: the profile's rules are then its own.
            if children("xenc:EncryptedKey", of: info).isEmpty {
                checkKeyInfo(info, count: .r5424, content: .r5426)
            }
        }
    }

    private mutating func checkMethod(
        of node: NodeID,
        missing: ProfileRule,
        among allowed: [String],
        other: ProfileRule
    ) {
        guard let method = children("xenc:EncryptionMethod", of: node).first else { return report(missing, node) }
        if !allowed.contains(document.attribute("Algorithm", of: method) ?? "") { report(other, method) }
    }
}
