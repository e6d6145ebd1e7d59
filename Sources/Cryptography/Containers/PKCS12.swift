import COpenSSL

/// Containers of PKCS#12 (RFC 7292) with one private key and its certificates.
package enum PKCS12 {
    /// The most octets of a container that are read.
    package static let octetLimit = 1 << 20

    private static let iterationCount: Int32 = 100_000

    /// The private key and its certificates, leaf first, in the container.
    ///
    /// Throws `malformedPKCS12`, `wrongPassword`, `limitExceeded`, or as `PrivateKey` and `Certificate` do.
    package static func read(
        _ octets: [UInt8],
        password: String
    ) throws(CryptographyError) -> (key: PrivateKey, chain: [Certificate]) {
        guard octets.count <= octetLimit else {
            throw .limitExceeded(what: "the container in octets", limit: octetLimit)
        }
        switch IterationLimit.isKept(by: octets) {
        case nil: throw .malformedPKCS12("not BER")
        case false: throw IterationLimit.error
        case true: break
        }
        let container = octets.withUnsafeBufferPointer { buffer in
            var position = buffer.baseAddress
            return d2i_PKCS12(nil, &position, buffer.count)
        }
        guard let container else { throw .malformedPKCS12(ErrorQueue.takeReason()) }
        defer { PKCS12_free(container) }
        try verify(container, password)
        var key: OpaquePointer?
        var leaf: OpaquePointer?
        var others: OpaquePointer?
        let isRead = PKCS12_parse(container, password, &key, &leaf, &others) == 1
        let handle = KeyHandle(owning: key)
        defer {
            X509_free(leaf)
            rekey_x509_stack_free(others)
        }
        guard isRead else { throw unreadable() }
        guard let handle else { throw .malformedPKCS12("no private key in it") }
        guard let leaf else { throw .malformedPKCS12("no certificate for its private key in it") }
        return try (PrivateKey(handle), chain(leaf, others))
    }

    /// A container with `key` and `chain`, leaf first, encrypted by AES-256 under `password`.
    package static func write(
        key: PrivateKey,
        chain: [Certificate],
        name: String,
        password: String
    ) throws(CryptographyError) -> [UInt8] {
        guard let leaf = chain.first else { throw .malformedPKCS12("no certificate to write") }
        let others = rekey_x509_stack_new()
        defer { rekey_x509_stack_free(others) }
        for certificate in chain.dropFirst() {
            guard rekey_x509_stack_push(others, try decoded(certificate)) > 0 else {
                throw ErrorQueue.failure(of: "writing PKCS#12")
            }
        }
        let certificate = try decoded(leaf)
        defer { X509_free(certificate) }
        let count = iterationCount
        let container = PKCS12_create(
            password,
            name,
            key.handle.pointer,
            certificate,
            others,
            0,
            0,
            count,
            count,
            0
        )
        guard let container else { throw ErrorQueue.failure(of: "writing PKCS#12") }
        defer { PKCS12_free(container) }
        return [UInt8](unsafeUninitializedCapacity: Int(max(0, i2d_PKCS12(container, nil)))) { buffer, written in
            var position = buffer.baseAddress
            written = Int(max(0, i2d_PKCS12(container, &position)))
        }
    }

    private static func verify(_ container: OpaquePointer, _ password: String) throws(CryptographyError) {
        guard PKCS12_mac_present(container) == 1 else { throw .malformedPKCS12("it is not protected by a MAC") }
        let isRight = PKCS12_verify_mac(container, password, Int32(clamping: password.utf8.count)) == 1
        guard !isRight else { return }
        if password.isEmpty, PKCS12_verify_mac(container, nil, 0) == 1 { return }
        throw ErrorQueue.takeUnsupported() ? unsupported : .wrongPassword
    }

    private static func unreadable() -> CryptographyError {
        let reason = ErrorQueue.peekReason()
        return ErrorQueue.takeUnsupported() ? unsupported : .malformedPKCS12(reason)
    }

    private static let unsupported = CryptographyError.malformedPKCS12(
        "it is encrypted by an old algorithm that libcrypto no longer offers (RC2-40, say); "
            + "write it again with `openssl pkcs12 -legacy -in old.p12 -out all.pem` and `openssl pkcs12 -export`"
    )

    private static func chain(
        _ leaf: OpaquePointer,
        _ others: OpaquePointer?
    ) throws(CryptographyError) -> [Certificate] {
        var certificates: [Certificate] = []
        for index in 0..<rekey_x509_stack_count(others) {
            guard let other = rekey_x509_stack_value(others, index) else { continue }
            certificates.append(try encoded(other))
        }
        return try Certificate.chain(from: encoded(leaf), among: certificates)
    }

    private static func encoded(_ certificate: OpaquePointer) throws(CryptographyError) -> Certificate {
        let count = Int(max(0, i2d_X509(certificate, nil)))
        let der = [UInt8](unsafeUninitializedCapacity: count) { buffer, written in
            var position = buffer.baseAddress
            written = Int(max(0, i2d_X509(certificate, &position)))
        }
        return try Certificate(der: der)
    }

    private static func decoded(_ certificate: Certificate) throws(CryptographyError) -> OpaquePointer {
        let pointer = certificate.der.withUnsafeBufferPointer { buffer in
            var position = buffer.baseAddress
            return d2i_X509(nil, &position, buffer.count)
        }
        guard let pointer else { throw .malformedCertificate(ErrorQueue.takeReason()) }
        return pointer
    }
}
