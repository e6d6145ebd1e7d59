import Cryptography
import FoundationEssentials
import XML

/// Writes `wsse:UsernameToken` (WSS Username Token Profile 1.1.1 section 3.1); `wsse` and `wsu` must be bound.
struct UsernameTokenWriter {
    let credential: UsernameCredential
    let now: Date

    /// The element with `id`, which needs no escaping; every call draws a new nonce.
    func text(id: String) -> String {
        let nonce = credential.includesNonce ? SecureRandom.octets(count: 16) : nil
        let created = credential.includesCreated ? DateTime.text(of: now) : nil
        return
            "<wsse:UsernameToken wsu:Id=\"\(id)\"><wsse:Username>\(XMLEscaping.text(credential.name))</wsse:Username>"
            + password(nonce: nonce ?? [], created: created ?? "")
            + (nonce.map {
                "<wsse:Nonce EncodingType=\"\(WSSIdentifier.base64Binary)\">\(Base64.encode($0))</wsse:Nonce>"
            } ?? "")
            + (created.map { "<wsu:Created>\($0)</wsu:Created>" } ?? "") + "</wsse:UsernameToken>"
    }

    private func password(nonce: [UInt8], created: String) -> String {
        let (type, text) =
            switch credential.form {
            case .text: (WSSIdentifier.passwordText, XMLEscaping.text(clearText))
            case .digest: (WSSIdentifier.passwordDigest, Base64.encode(digest(nonce: nonce, created: created)))
            }
        return "<wsse:Password Type=\"\(type)\">\(text)</wsse:Password>"
    }

    private var clearText: String {
        credential.password.secret.withSecret { secret in
            secret.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
        }
    }

    /// SHA-1, which the profile prescribes, of nonce, moment and password.
    private func digest(nonce: [UInt8], created: String) -> [UInt8] {
        var digester = Digester(.sha1)
        digester.update(nonce)
        digester.update(Array(created.utf8))
        credential.password.secret.withSecret { secret in secret.withUnsafeBytes { digester.update($0) } }
        return digester.finalize()
    }
}
