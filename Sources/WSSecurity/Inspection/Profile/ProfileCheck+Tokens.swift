import XML

extension ProfileCheck {
    mutating func checkBinaryToken(_ node: NodeID) {
        check(node, "EncodingType", is: WSSIdentifier.base64Binary, missing: .r3029, other: .r3030)
        switch document.attribute("ValueType", of: node) {
        case nil: report(.r3031, node)
        case let type? where !type.hasPrefix("http://docs.oasis-open.org/wss/"): report(.r3032, node)
        default: return
        }
    }

    mutating func checkUsernameToken(_ node: NodeID) {
        let passwords = children("wsse:Password", of: node)
        let nonces = children("wsse:Nonce", of: node)
        if passwords.count > 1 { report(.r4222, node) }
        if nonces.count > 1 { report(.r4225, node) }
        if children("wsu:Created", of: node).count > 1 { report(.r4223, node) }
        for password in passwords where !has("Type", on: password) { report(.r4201, password) }
        for nonce in nonces {
            check(nonce, "EncodingType", is: WSSIdentifier.base64Binary, missing: .r4220, other: .r4221)
        }
    }

    mutating func checkTokenReference(_ node: NodeID, in header: NodeID?) {
        let content = elements(of: node)
        if content.count != 1 { report(.r3061, node) }
        for child in content {
            switch document.standardName(of: child) {
            case "wsse:Reference": checkDirect(child, of: node, in: header)
            case "wsse:KeyIdentifier": checkKeyIdentifier(child)
            case "wsse:Embedded":
                if elements(of: child).count != 1 { report(.r3060, child) }
                if !children("wsse:SecurityTokenReference", of: child).isEmpty { report(.r3056, child) }
            case "ds:KeyName": report(.r3027, child)
            default: continue
            }
        }
    }

    private mutating func checkKeyIdentifier(_ node: NodeID) {
        let type = document.attribute("ValueType", of: node)
        if type == nil { report(.r3054, node) }
        // SAML assertions are named by text.
        guard type?.contains("saml") != true else { return }
        check(node, "EncodingType", is: WSSIdentifier.base64Binary, missing: .r3070, other: .r3071)
    }

    private mutating func checkDirect(_ node: NodeID, of reference: NodeID, in header: NodeID?) {
        guard let uri = document.attribute("URI", of: node) else { return report(.r3062, node) }
        guard let token = identifiers.element(of: uri) else {
            if !uri.hasPrefix("#"), identifiers.elements(uri).count == 1 { report(.r5204, node) }
            return
        }
        if node < token { report(.r5205, node) }
        let home = layout.blocks.first { document.isNode(token, within: $0) }
        if let header, let home, home != header, document.isNamed(home, "Security", in: WSSNamespace.extension) {
            report(.r3066, node)
        }
        check(typesOf: node, reference, leadingTo: token)
    }

    private mutating func check(typesOf node: NodeID, _ reference: NodeID, leadingTo token: NodeID) {
        let valueType = document.attribute("ValueType", of: node)
        let tokenType = document.attribute("TokenType", in: WSSNamespace.extension11, of: reference)
        switch document.standardName(of: token) {
        case "wsse:SecurityTokenReference": report(.r3057, node)
        case "wsse:Embedded": report(.r3064, node)
        case "ds:KeyInfo": report(.r3211, node)
        case "xenc:EncryptedKey" where tokenType != WSSIdentifier.encryptedKey: report(.r3069, reference)
        case "wsse:UsernameToken" where valueType?.hasSuffix("#UsernameToken") != true: report(.r4214, node)
        case "wsse:BinarySecurityToken":
            let type = document.attribute("ValueType", of: token)
            if valueType == nil { report(.r3059, node) } else if valueType != type { report(.r3058, node) }
            if type == WSSIdentifier.x509PKIPathv1, tokenType != type { report(.r5215, reference) }
            if type?.hasSuffix("#PKCS7") == true, tokenType != type { report(.r5212, reference) }
        default: return
        }
    }

    private mutating func check(
        _ node: NodeID,
        _ attribute: String,
        is expected: String,
        missing: ProfileRule,
        other: ProfileRule
    ) {
        switch document.attribute(attribute, of: node) {
        case nil: report(missing, node)
        case expected: return
        default: report(other, node)
        }
    }
}
