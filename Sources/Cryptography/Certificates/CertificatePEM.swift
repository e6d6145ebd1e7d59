extension Certificate {
    /// Reads the first certificate in `pem`; throws `malformedPEM` when there is none, and as `init(der:)` does.
    public init(pem: String) throws(CryptographyError) {
        guard let first = try Self.list(pem: pem).first else { throw .malformedPEM("no certificate in it") }
        self = first
    }

    /// Every certificate in `pem`, in order; other blocks are skipped.
    public static func list(pem: String) throws(CryptographyError) -> [Certificate] {
        var certificates: [Certificate] = []
        for block in try PEMBlock.blocks(in: pem) where ["CERTIFICATE", "X509 CERTIFICATE"].contains(block.label) {
            certificates.append(try Certificate(der: block.octets))
        }
        return certificates
    }

    /// The certificate as PEM text (RFC 7468 section 5).
    public var pem: String { PEMBlock.text("CERTIFICATE", der) }

    /// The leaf's issuers among `others`, from the leaf upwards, each named by the one before; the leaf comes first.
    package static func chain(from leaf: Certificate, among others: [Certificate]) -> [Certificate] {
        var chain = [leaf]
        var rest = others
        while let last = chain.last, last.issuerDER != last.subjectDER,
            let index = rest.firstIndex(where: { $0.subjectDER == last.issuerDER })
        {
            chain.append(rest.remove(at: index))
        }
        return chain
    }
}
