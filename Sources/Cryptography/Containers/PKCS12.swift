import COpenSSL

/// Containers of PKCS#12 (RFC 7292).
package enum PKCS12 {
    /// The most octets of a container that are read.
    package static let octetLimit = 4 << 20

    private static let iterationCount: Int32 = 100_000

    /// The one private key and its certificates, leaf first, in the container.
    ///
    /// Throws `malformedPKCS12`, `wrongPassword`, `limitExceeded`, or as `PrivateKey` and `Certificate` do.
    package static func read(
        _ octets: [UInt8],
        password: String
    ) throws(CryptographyError) -> (key: PrivateKey, chain: [Certificate]) {
        let entries = try entries(of: octets, password: password)
        var pairs: [(name: String?, key: PrivateKey, chain: [Certificate])] = []
        for entry in entries {
            switch entry.content {
            case .pair(let key, let chain): pairs.append((entry.name, key, chain))
            case .key: throw .malformedPKCS12("no certificate for its private key in it")
            case .unreadable(let error): throw error
            case .certificates, .other: break
            }
        }
        guard let pair = pairs.first else { throw .malformedPKCS12("no private key in it") }
        guard pairs.count == 1 else {
            let names = pairs.prefix(10).map { $0.name ?? "(no name)" }.joined(separator: ", ")
            throw .malformedPKCS12("\(pairs.count) key pairs in it (\(names)); import it as a keystore, or name one")
        }
        return (pair.key, pair.chain)
    }

    /// Everything in the container: each key with its certificates, then the certificates that belong to none.
    ///
    /// Containers of algorithms that libcrypto has put away (RC2) are read as well. Throws as `read` does.
    package static func entries(
        of octets: [UInt8],
        password: String
    ) throws(CryptographyError) -> [KeyFile.Entry] {
        guard octets.count <= octetLimit else {
            throw .limitExceeded(what: "the container in octets", limit: octetLimit)
        }
        switch IterationLimit.isKept(by: octets) {
        case nil: throw .malformedPKCS12("not BER")
        case false: throw IterationLimit.error
        case true: break
        }
        do throws(ContainerFailure) {
            let bags = try LegacyAlgorithms.offering { () throws(ContainerFailure) in
                try Bags(octets, password: password)
            }
            return bags.entries()
        } catch {
            switch error {
            case .unsupportedAlgorithm: throw unsupported
            case .failure(let error): throw error
            }
        }
    }

    /// A container with `key` and `chain`, leaf first, encrypted by AES-256 under `password`.
    package static func write(
        key: PrivateKey,
        chain: [Certificate],
        name: String,
        password: String
    ) throws(CryptographyError) -> [UInt8] {
        guard let leaf = chain.first else { throw .malformedPKCS12("no certificate to write") }
        let handle = try key.exportable()
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
            handle.pointer,
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

    private static let unsupported = CryptographyError.malformedPKCS12(
        "it is encrypted by an old algorithm (RC2-40, say) for which libcrypto's legacy provider is not installed; "
            + "write it again with `openssl pkcs12 -legacy -in old.p12 -out all.pem` and `openssl pkcs12 -export`"
    )

    private static func decoded(_ certificate: Certificate) throws(CryptographyError) -> OpaquePointer {
        let pointer = certificate.der.withUnsafeBufferPointer { buffer in
            var position = buffer.baseAddress
            return d2i_X509(nil, &position, buffer.count)
        }
        guard let pointer else { throw .malformedCertificate(ErrorQueue.takeReason()) }
        return pointer
    }
}
