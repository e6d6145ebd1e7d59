import Cryptography
import FoundationEssentials
import XML
import XMLSignature

/// `wsse:UsernameToken` (WSS Username Token Profile 1.1.1 section 3), read but not yet verified.
struct UsernameToken {
    let name: String
    let form: UsernameTokenDemand.PasswordForm
    /// The password, or the octets of its digest.
    let password: [UInt8]
    let nonce: [UInt8]?
    /// `wsu:Created` as written.
    let created: String?
    let createdAt: Date?

    init(reading node: NodeID, in document: XMLDocument) throws(SecurityFault) {
        var parts = Parts()
        for child in document.elements(in: node) { try parts.read(child, in: document) }
        guard let name = parts.name, let password = parts.password else {
            throw SecurityFault(.invalidSecurityToken, "wsse:UsernameToken must hold wsse:Username and wsse:Password")
        }
        self.name = name
        form = password.form
        self.password = password.octets
        nonce = parts.nonce
        created = parts.created
        createdAt = try parts.created.map { text throws(SecurityFault) in
            guard let date = DateTime.date(of: text) else {
                throw SecurityFault(
                    .invalidSecurityToken,
                    "wsu:Created of wsse:UsernameToken is no xsd:dateTime with a zone"
                )
            }
            return date
        }
    }

    private struct Parts {
        var name: String?
        var password: (form: UsernameTokenDemand.PasswordForm, octets: [UInt8])?
        var nonce: [UInt8]?
        var created: String?

        mutating func read(_ node: NodeID, in document: XMLDocument) throws(SecurityFault) {
            let element = document.name(of: node)
            switch (element.namespace, element.localName) {
            case (WSSNamespace.extension, "Username") where name == nil: name = document.text(of: node)
            case (WSSNamespace.extension, "Password") where password == nil:
                password = try UsernameToken.password(node, in: document)
            case (WSSNamespace.extension, "Nonce") where nonce == nil:
                nonce = try UsernameToken.nonce(node, in: document)
            case (WSSNamespace.utility, "Created") where created == nil:
                created = document.text(of: node).trimmingXMLSpace()
            default:
                let cause = "\(element.description.prefix(256)) in wsse:UsernameToken is repeated or not supported"
                throw SecurityFault(.unsupportedSecurityToken, cause)
            }
        }
    }

    private static func password(
        _ node: NodeID,
        in document: XMLDocument
    ) throws(SecurityFault) -> (UsernameTokenDemand.PasswordForm, [UInt8]) {
        switch document.attribute("Type", of: node) ?? WSSIdentifier.passwordText {
        case WSSIdentifier.passwordText: return (.text, document.textOctets(of: node))
        case WSSIdentifier.passwordDigest:
            guard let digest = document.base64Octets(of: node), digest.count == 20 else {
                throw SecurityFault(.invalidSecurityToken, "wsse:Password is not the Base64 of a SHA-1 digest")
            }
            return (.digest, digest)
        case let type:
            throw SecurityFault(.unsupportedSecurityToken, "password of type \(type.prefix(256)) is not supported")
        }
    }

    private static func nonce(_ node: NodeID, in document: XMLDocument) throws(SecurityFault) -> [UInt8] {
        let encoding = document.attribute("EncodingType", of: node) ?? WSSIdentifier.base64Binary
        guard encoding == WSSIdentifier.base64Binary, let nonce = document.base64Octets(of: node),
            (1...256).contains(nonce.count)
        else { throw SecurityFault(.invalidSecurityToken, "wsse:Nonce is not the Base64 of 1 to 256 octets") }
        return nonce
    }
}

extension UsernameToken {
    /// Whether the token proves `password`; takes as long for a wrong one as for a right one.
    func isProof(of password: SecretKey) -> Bool {
        switch form {
        case .text:
            let digests = (DigestAlgorithm.sha256.digest(of: self.password), Self.digest([], [], password, by: .sha256))
            return ConstantTime.equal(digests.0, digests.1)
        case .digest:
            let expected = Self.digest(nonce ?? [], Array((created ?? "").utf8), password, by: .sha1)
            return ConstantTime.equal(self.password, expected)
        }
    }

    private static func digest(
        _ nonce: [UInt8],
        _ created: [UInt8],
        _ password: SecretKey,
        by algorithm: DigestAlgorithm
    ) -> [UInt8] {
        var digester = Digester(algorithm)
        digester.update(nonce)
        digester.update(created)
        password.withSecret { secret in secret.withUnsafeBytes { digester.update($0) } }
        return digester.finalize()
    }
}
