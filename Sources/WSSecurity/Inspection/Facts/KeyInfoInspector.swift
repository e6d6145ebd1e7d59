import Cryptography
import XML
import XMLEncryption
import XMLSignature

/// Reads leniently what a `ds:KeyInfo` names.
struct KeyInfoInspector {
    let document: XMLDocument
    let identifiers: IdentifierTable

    private var signature: String { XMLSignatureNamespace.signature }

    /// What the `ds:KeyInfo` of `parent` names.
    func key(of parent: NodeID) -> InspectedKey {
        guard let info = document.firstElement("KeyInfo", in: signature, of: parent) else {
            return InspectedKey(form: "none", text: "no ds:KeyInfo")
        }
        guard let content = document.elements(in: info).first(where: { _ in true }) else {
            return InspectedKey(form: "ds:KeyInfo", text: "an empty ds:KeyInfo")
        }
        if document.isNamed(content, "SecurityTokenReference", in: WSSNamespace.extension) {
            return tokenReference(content)
        }
        return keyInfo(content)
    }

    private func tokenReference(_ node: NodeID) -> InspectedKey {
        guard let child = document.elements(in: node).first(where: { _ in true }) else {
            return InspectedKey(form: "wsse:SecurityTokenReference", text: "an empty wsse:SecurityTokenReference")
        }
        switch document.standardName(of: child) {
        case "wsse:Reference": return direct(child)
        case "wsse:KeyIdentifier": return keyIdentifier(child)
        case "wsse:Embedded":
            return document.elements(in: child).first { _ in true }
                .map { token($0, form: "wsse:Embedded") } ?? unreadable(child)
        default: return keyInfo(child)
        }
    }

    private func direct(_ node: NodeID) -> InspectedKey {
        let uri = document.attribute("URI", of: node) ?? ""
        guard let target = identifiers.element(of: uri) else {
            return InspectedKey(form: "wsse:Reference", text: "a token that is not there: \(uri.prefix(128))")
        }
        return token(target, form: "wsse:Reference")
    }

    private func token(_ node: NodeID, form: String) -> InspectedKey {
        let name = document.standardName(of: node)
        switch name {
        case "wsse:BinarySecurityToken":
            guard let certificate = InspectedCertificate.token(node, in: document) else { return unreadable(node) }
            return brought(certificate, form: form + " to " + name)
        case "xenc:EncryptedKey":
            let id = document.attribute("Id", of: node) ?? ""
            return InspectedKey(form: form + " to " + name, text: "wrapped key \(id)", encryptedKey: node)
        default: return InspectedKey(form: form + " to " + name, text: name)
        }
    }

    private func keyIdentifier(_ node: NodeID) -> InspectedKey {
        let type = document.attribute("ValueType", of: node) ?? ""
        let kind = type.split(separator: "#").last.map(String.init) ?? "without ValueType"
        let text = document.text(of: node).trimmingXMLSpace()
        let form = "wsse:KeyIdentifier \(kind)"
        guard let octets = Base64.decode(text) else {
            return InspectedKey(form: form, text: "\(kind) \(text.prefix(128))")
        }
        switch type {
        case WSSIdentifier.x509SubjectKeyIdentifier:
            let hint = KeyHint.subjectKeyIdentifier(octets)
            return InspectedKey(form: form, text: hint.description, hint: hint, subjectKeyIdentifier: octets)
        case WSSIdentifier.thumbprintSHA1:
            let hint = KeyHint.thumbprint(octets)
            return InspectedKey(form: form, text: hint.description, hint: hint, thumbprint: octets)
        default: return InspectedKey(form: form, text: "\(kind) \(Hexadecimal.text(octets.prefix(64)))")
        }
    }

    private func keyInfo(_ node: NodeID) -> InspectedKey {
        switch document.standardName(of: node) {
        case "ds:X509Data": return x509Data(node)
        case "ds:X509IssuerSerial": return issuerSerial(node)
        case "ds:KeyName":
            return InspectedKey(form: "ds:KeyName", text: "key named \(document.trimmedText(of: node).prefix(256))")
        case "ds:KeyValue", "dsig11:DEREncodedKeyValue":
            return InspectedKey(form: "ds:KeyValue", text: "a bare public key")
        default: return unreadable(node)
        }
    }

    private func x509Data(_ node: NodeID) -> InspectedKey {
        if let value = document.firstElement("X509Certificate", in: signature, of: node),
            let octets = Base64.decode(document.textOctets(of: value)), let certificate = try? Certificate(der: octets)
        {
            return brought(certificate, form: "ds:X509Certificate")
        }
        return document.firstElement("X509IssuerSerial", in: signature, of: node).map(issuerSerial) ?? unreadable(node)
    }

    private func issuerSerial(_ node: NodeID) -> InspectedKey {
        let text = { (name: String) in
            document.firstElement(name, in: signature, of: node)
                .map { String(document.trimmedText(of: $0).prefix(1024)) }
        }
        guard let issuer = text("X509IssuerName"), let serial = text("X509SerialNumber") else {
            return unreadable(node)
        }
        let hint = KeyHint.issuerSerial(issuer: issuer, serial: serial)
        var key = InspectedKey(form: "ds:X509IssuerSerial", text: hint.description, hint: hint)
        key.issuer = issuer
        key.serialNumber = serial
        return key
    }

    private func brought(_ certificate: Certificate, form: String) -> InspectedKey {
        let hint = KeyHint.certificate(certificate)
        return InspectedKey(form: form, text: hint.description, hint: hint, certificate: certificate)
    }

    private func unreadable(_ node: NodeID) -> InspectedKey {
        let name = document.standardName(of: node)
        return InspectedKey(form: name, text: "a \(name) that cannot be read")
    }
}
