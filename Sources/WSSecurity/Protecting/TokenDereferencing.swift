import XML
import XMLSignature

/// The STR-Transform (WSS SOAP Message Security 1.1.1 section 8.3) when it is written.
extension Draft {
    /// The canonical form of `element` as it would stand in our Security header.
    func canonicalOctets(of element: [UInt8], by method: Canonicalization) throws(SecurityFault) -> [UInt8] {
        guard let (fragment, parent) = try? document.fragment(element, in: header),
            let node = fragment.elements(in: parent).first(where: { _ in true })
        else { throw SecurityFault(.cannotProtect, "an element of wsse:Security is not well-formed") }
        return fragment.canonicalOctets(of: node, by: method)
    }

    /// What a reference to `token` becomes: its exclusive canonical form, in which the element always declares a default
    /// namespace, be it the empty one.
    func dereferenced(_ token: [UInt8]) throws(SecurityFault) -> [UInt8] {
        let method = Canonicalization(.exclusive10, inclusivePrefixes: ["#default"])
        let octets = try canonicalOctets(of: token, by: method)
        let name = octets.prefix { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: ">") }
        guard !octets[name.endIndex...].starts(with: Array(" xmlns=".utf8)) else { return octets }
        return name + Array(" xmlns=\"\"".utf8) + octets[name.endIndex...]
    }
}

extension SignatureWriter.Target {
    /// A reference to the `wsse:SecurityTokenReference` with that id, which stands for the token with those octets.
    static func dereferencing(id: String, to octets: [UInt8]) -> SignatureWriter.Target {
        let parameters =
            "<wsse:TransformationParameters xmlns:wsse=\"\(WSSNamespace.extension)\"><ds:CanonicalizationMethod"
            + " Algorithm=\"\(Canonicalization.exclusive.uri)\"></ds:CanonicalizationMethod></wsse:TransformationParameters>"
        return SignatureWriter.Target(
            transformed: octets,
            id: id,
            transform: "<ds:Transform Algorithm=\"\(WSSIdentifier.strTransform)\">\(parameters)</ds:Transform>"
        )
    }
}
