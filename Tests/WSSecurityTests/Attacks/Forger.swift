import Cryptography
import Testing
import XML
import XMLSignature

/// Signs a changed message anew, as a partner could who is careless, or no friend: what is refused then is not refused
/// because its signature broke.
enum Forger {
    /// `message` with the digest values and the signature value of its first signature made anew by `key`.
    static func resigned(
        _ message: String,
        by key: PrivateKey,
        _ algorithm: SignatureAlgorithm = .rsaPKCS1(.sha256)
    ) throws -> String {
        try signed(message) { try key.sign($0, by: algorithm) }
    }

    /// The same with an HMAC under `secret`.
    static func authenticated(_ message: String, _ secret: [UInt8], _ digest: DigestAlgorithm) throws -> String {
        let key = SecretOctets(copying: secret)
        return try signed(message) { octets in
            var code = try HMAC(digest, key: key)
            code.update(octets)
            return code.finalize()
        }
    }

    private static func signed(_ message: String, by sign: ([UInt8]) throws -> [UInt8]) throws -> String {
        let digested = try redigested(message)
        let document = try XMLDocument(scanning: Array(digested.utf8))
        let signature = try #require(document.first("Signature"))
        let info = try #require(document.firstElement("SignedInfo", in: namespace, of: signature))
        let method = try #require(document.firstElement("CanonicalizationMethod", in: namespace, of: info))
        let octets = document.canonicalOctets(of: info, by: document.canonicalization(of: method))
        let value = try #require(document.firstElement("SignatureValue", in: namespace, of: signature))
        let text = Base64.encode(try sign(octets))
        let signed = document.applying([XMLEdit(range: document.contentRange(of: value), text: text)])
        return String(decoding: signed, as: UTF8.self)
    }

    private static func redigested(_ message: String) throws -> String {
        let document = try XMLDocument(scanning: Array(message.utf8))
        let signature = try #require(document.first("Signature"))
        let info = try #require(document.firstElement("SignedInfo", in: namespace, of: signature))
        var edits: [XMLEdit] = []
        for reference in document.elements(in: info) {
            guard let uri = document.attribute("URI", of: reference), let target = document.element(of: uri),
                let value = document.firstElement("DigestValue", in: namespace, of: reference)
            else { continue }
            let transforms = document.firstElement("Transforms", in: namespace, of: reference)
            let last = transforms.flatMap { Array(document.elements(in: $0)).last }
            let form = last.map(document.canonicalization(of:)) ?? Canonicalization(.inclusive10)
            let digest = DigestAlgorithm.sha256.digest(of: document.canonicalOctets(of: target, by: form))
            edits.append(XMLEdit(range: document.contentRange(of: value), text: Base64.encode(digest)))
        }
        return String(decoding: document.applying(edits), as: UTF8.self)
    }

    static let namespace = XMLSignatureNamespace.signature
}

extension XMLDocument {
    fileprivate func first(_ localName: String) -> NodeID? {
        descendants(of: root).first { isNamed($0, localName, in: Forger.namespace) }
    }

    /// What a same-document reference names, as a lenient reader takes it: by any attribute, and the document for "".
    fileprivate func element(of uri: String) -> NodeID? {
        if uri.isEmpty || uri == "#xpointer(/)" { return root }
        let id = uri.drop { $0 == "#" }
        return descendants(of: root)
            .first { element in
                attributes(of: element).contains { $0.value == id && $0.name.localName.lowercased().hasSuffix("id") }
            }
    }

    fileprivate func canonicalization(of node: NodeID) -> Canonicalization {
        var form = Canonicalization(uri: attribute("Algorithm", of: node) ?? "") ?? Canonicalization()
        if let list = elements(in: node).first(where: { _ in true }).flatMap({ attribute("PrefixList", of: $0) }) {
            form.inclusivePrefixes = list.split(separator: " ").map(String.init)
        }
        return form
    }
}
