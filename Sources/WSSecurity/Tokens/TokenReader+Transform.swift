import Cryptography
import XML
import XMLSignature

/// The STR-Transform (WSS SOAP Message Security 1.1.1 section 8.3).
extension TokenReader {
    /// What a reference leads to.
    enum Token: Hashable {
        /// A token in the message.
        case element(NodeID)
        /// A certificate that the message names but does not bring.
        case certificate(Certificate)
    }

    /// What the `wsse:SecurityTokenReference` at `node` leads to; `nil` when it is none or ambiguous.
    func token(namedBy node: NodeID) -> Token? {
        guard document.isNamed(node, "SecurityTokenReference", in: WSSNamespace.extension),
            let named = try? reference(node)
        else { return nil }
        switch named {
        case .encryptedKey(let key): return .element(key)
        case .assertion(let assertion): return .element(assertion)
        case .hinted(let hints):
            if let token = hints.token { return .element(token) }
            return certificate(for: hints).map { .certificate($0) }
        }
    }

    /// The octets that are digested in the place of the reference at `node`: those of the token that stands in the
    /// message, or of the `wsse:BinarySecurityToken` that would hold the certificate.
    func transformed(_ node: NodeID, by method: Canonicalization) -> [UInt8]? {
        switch token(namedBy: node) {
        case .element(let token):
            var method = method
            if method.algorithm == .exclusive10 { method.inclusivePrefixes.append("#default") }
            return document.canonicalOctets(of: token, by: method).declaringDefaultNamespace()
        case .certificate(let certificate):
            let prefix = document.prefix(of: node)
            let name = prefix.isEmpty ? "BinarySecurityToken" : prefix + ":BinarySecurityToken"
            let binding = prefix.isEmpty ? "" : " xmlns:\(prefix)=\"\(WSSNamespace.extension)\""
            let plain = prefix.isEmpty ? WSSNamespace.extension : ""
            let text =
                "<\(name) xmlns=\"\(plain)\"\(binding) ValueType=\"\(WSSIdentifier.x509v3)\">"
                + Base64.encode(certificate.der) + "</\(name)>"
            return Array(text.utf8)
        case nil: return nil
        }
    }

    private func certificate(for hints: KeyHints) -> Certificate? {
        if case .certificate(let certificate) = hints.primary {
            return hints.agree(on: certificate) ? certificate : nil
        }
        var candidates = keys.verificationCertificates(for: hints.primary)
        candidates += keys.decryptionKeys(for: hints.primary).map(\.certificate)
        let fitting = Set(candidates.filter(hints.agree(on:)))
        return fitting.count == 1 ? fitting.first : nil
    }
}

extension [UInt8] {
    /// The canonical octets of an element with `xmlns=""` where it declares no default namespace: so that no default of the
    /// surroundings is taken for the token's.
    fileprivate func declaringDefaultNamespace() -> [UInt8] {
        let name = prefix { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: ">") }
        guard !self[name.endIndex...].starts(with: Array(" xmlns=".utf8)) else { return self }
        return name + Array(" xmlns=\"\"".utf8) + self[name.endIndex...]
    }
}
