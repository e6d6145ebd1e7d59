import Cryptography

extension FuzzTarget {
    static let certificate = FuzzTarget("certificate", "reads a certificate in DER and finds it by its own references")
    {
        (input) throws(BrokenPromise) in
        guard let certificate = try? Certificate(der: input) else { return }
        try promise(certificate.der == input, "a certificate of other octets")
        _ = certificate.description + certificate.fingerprint
        let issuer = certificate.issuer
        guard issuer.utf8.count <= 8192 else { return }
        try promise(
            certificate.isIssuerSerial(issuerName: issuer, serialNumber: certificate.serialNumber),
            "a certificate that its own issuer and serial number do not name: \(issuer)"
        )
    }

    static let name = FuzzTarget("name", "reads a distinguished name; what it is written as reads as the same name") {
        (input) throws(BrokenPromise) in
        let text = String(decoding: input, as: UTF8.self)
        guard let name = try? DistinguishedName(text) else { return }
        let written = name.description
        guard written.utf8.count <= 8192 else { return }
        do throws(CryptographyError) {
            guard try DistinguishedName(written) != name else { return }
        } catch {
            throw BrokenPromise("\(written) was written and cannot be read: \(error)")
        }
        throw BrokenPromise("\(written) reads as another name")
    }

    static let container = FuzzTarget("container", "reads keys and certificates in PEM, PKCS#8 and PKCS#12") {
        (input) throws(BrokenPromise) in
        _ = try? PKCS12.read(input, password: "peerpass")
        _ = try? PublicKey(spki: input)
        _ = try? PrivateKey(pkcs8: SecretOctets(copying: input))
        let text = String(decoding: input, as: UTF8.self)
        _ = try? PrivateKey(pem: text, password: "peerpass")
        guard let certificates = try? Certificate.list(pem: text) else { return }
        for certificate in certificates {
            try promise((try? Certificate(pem: certificate.pem)) == certificate, "PEM that does not read as itself")
        }
    }
}
