import COpenSSL
import SwiftASN1

extension KeyFile {
    /// The format by the first octets; throws `malformedKey` for what is none.
    static func format(of octets: [UInt8]) throws(CryptographyError) -> Format {
        if let format = JavaKeystore.format(of: octets) { return format }
        if octets.first != 0x30, isText(octets) { return .pem }
        guard let node = try? BER.parse(octets), case .constructed(let nodes) = node.content,
            let first = nodes.first(where: { _ in true })
        else { throw unknown }
        if first.identifier == .objectIdentifier { return .pkcs7 }
        // Version 3 is PKCS#12 alone; keys have 0 or 1.
        if first.identifier == .integer, (try? Int(berEncoded: first)) == 3 { return .pkcs12 }
        return .der
    }

    private static let unknown = CryptographyError.malformedKey(
        "it is none of PEM, DER, PKCS#7, PKCS#12, JKS and JCEKS"
    )

    private static func isText(_ octets: [UInt8]) -> Bool {
        let begin = Array("-----BEGIN ".utf8)
        var start = octets.startIndex
        while let index = octets[start...].firstIndex(of: begin[0]) {
            if octets[index...].starts(with: begin) { return true }
            start = index + 1
        }
        return false
    }

    /// The one key of the text with its certificates, or the certificates.
    static func entries(pem text: String, password: String?) throws(CryptographyError) -> [Entry] {
        var certificates: [Certificate] = []
        var hasKey = false
        for block in try PEMBlock.blocks(in: text) {
            switch block.label {
            case "CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE":
                certificates.append(try Certificate(der: block.octets))
            case "PKCS7", "CMS": certificates += try CertificateBag.pkcs7(der: block.octets)
            default: hasKey = hasKey || block.label.hasSuffix("PRIVATE KEY")
            }
        }
        guard hasKey else {
            guard !certificates.isEmpty else { throw .malformedPEM("neither a key nor a certificate in it") }
            return entries(unordered: certificates)
        }
        let key = try PrivateKey(pem: text, password: password)
        return [Entry(name: nil, content: content(key, certificates))]
    }

    /// One entry for a chain in whatever order; one for each leaf where there are several.
    static func entries(unordered certificates: [Certificate]) -> [Entry] {
        let leaves = certificates.enumerated()
            .filter { index, candidate in
                !certificates[..<index].contains(candidate)
                    && !certificates.contains { $0 != candidate && $0.issuerDER == candidate.subjectDER }
            }
            .map(\.element)
        let chains = leaves.map { leaf in
            Certificate.chain(from: leaf, among: certificates.filter { $0 != leaf })
        }
        guard let only = chains.first, chains.count == 1 else {
            return chains.map { Entry(name: nil, content: .certificates($0)) }
        }
        // What does not belong to the chain stays behind it, for somebody to say so.
        let rest = certificates.filter { !only.contains($0) }
        return [Entry(name: nil, content: .certificates(only + rest))]
    }

    /// A key with certificates in whatever order.
    static func content(_ key: PrivateKey, _ certificates: [Certificate]) -> Content {
        guard !certificates.isEmpty else { return .key(key) }
        guard let leaf = certificates.first(where: { $0.publicKey == key.publicKey }) else {
            return .pair(key, chain: certificates)
        }
        let chain = Certificate.chain(from: leaf, among: certificates.filter { $0 != leaf })
        return .pair(key, chain: chain + certificates.filter { !chain.contains($0) })
    }

    /// One certificate, or one key in PKCS#8 (encrypted too), PKCS#1 or SEC 1.
    static func content(der octets: [UInt8], password: String?) throws(CryptographyError) -> Content {
        guard let node = try? BER.parse(octets), case .constructed(let nodes) = node.content else { throw unknown }
        let parts = Array(nodes)
        if parts.count == 3, parts.allSatisfy({ $0.identifier != .integer }) {
            return try .certificates([Certificate(der: octets)])
        }
        if parts.count == 2, parts[1].identifier == .octetString, parts[0].identifier == .sequence {
            guard let password else { throw .passwordRequired }
            return try .key(PrivateKey(pkcs8: EncryptedPKCS8.open(octets, password: password)))
        }
        guard parts.first?.identifier == .integer else { throw unknown }
        let key = octets.withUnsafeBufferPointer { buffer in
            var position = buffer.baseAddress
            return d2i_AutoPrivateKey(nil, &position, buffer.count)
        }
        return try .key(PrivateKey(PrivateKey.read(key)))
    }
}
