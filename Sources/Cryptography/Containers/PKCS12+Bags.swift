import COpenSSL

extension PKCS12 {
    /// What the safes of a container hold, as octets.
    struct Bags {
        /// A private key in PKCS#8.
        struct Key {
            var name: String?
            var localKeyID: [UInt8]?
            var info: SecretKey
        }

        /// A certificate in DER.
        struct Certificate {
            var name: String?
            var localKeyID: [UInt8]?
            var der: [UInt8]
        }

        /// The most bags of a container that are read.
        static let countLimit = 2000

        var keys: [Key] = []
        var certificates: [Certificate] = []
        /// Bags with something else, by their names.
        var others: [KeyFile.Entry] = []
    }
}

extension PKCS12.Bags {
    private static let depthLimit = 4

    /// Opens the container, whose MAC must be that of `password`.
    init(_ octets: [UInt8], password: String) throws(ContainerFailure) {
        self.init()
        let container = octets.withUnsafeBufferPointer { buffer in
            var position = buffer.baseAddress
            return d2i_PKCS12(nil, &position, buffer.count)
        }
        guard let container else { throw Self.malformed(ErrorQueue.takeReason()) }
        defer { PKCS12_free(container) }
        let password = try Self.verified(container, password)
        guard let safes = PKCS12_unpack_authsafes(container) else { throw Self.unreadable() }
        defer { rekey_safes_free(safes) }
        for index in 0..<rekey_safe_count(safes) {
            guard let safe = rekey_safe(safes, index) else { continue }
            let bags: OpaquePointer?
            switch rekey_safe_kind(safe) {
            case NID_pkcs7_data: bags = PKCS12_unpack_p7data(safe)
            case NID_pkcs7_encrypted: bags = PKCS12_unpack_p7encdata(safe, password, Self.count(password))
            default: throw Self.malformed("a safe for a recipient's key in it")
            }
            guard let bags else { throw Self.unreadable() }
            defer { rekey_bags_free(bags) }
            try add(bags, password, depth: 0)
        }
    }

    /// The password in the form whose MAC fits: an empty one is written in two ways.
    private static func verified(_ container: OpaquePointer, _ password: String) throws(ContainerFailure) -> String? {
        guard PKCS12_mac_present(container) == 1 else { throw malformed("it is not protected by a MAC") }
        if PKCS12_verify_mac(container, password, count(password)) == 1 { return password }
        if password.isEmpty, PKCS12_verify_mac(container, nil, 0) == 1 { return nil }
        throw ErrorQueue.takeUnsupported() ? .unsupportedAlgorithm : .failure(.wrongPassword)
    }

    private mutating func add(_ bags: OpaquePointer, _ password: String?, depth: Int) throws(ContainerFailure) {
        guard depth < Self.depthLimit else { throw Self.malformed("safes within safes") }
        for index in 0..<rekey_bag_count(bags) {
            guard keys.count + certificates.count + others.count < Self.countLimit else {
                throw .failure(.limitExceeded(what: "the entries of the container", limit: Self.countLimit))
            }
            guard let bag = rekey_bag(bags, index) else { continue }
            switch PKCS12_SAFEBAG_get_nid(bag) {
            case NID_keyBag:
                guard let info = PKCS12_SAFEBAG_get0_p8inf(bag) else { continue }
                addKey(bag, EncryptedPKCS8.octets(of: info))
            case NID_pkcs8ShroudedKeyBag: try addShroudedKey(bag, password)
            case NID_certBag: try addCertificate(bag)
            case NID_safeContentsBag:
                if let inner = PKCS12_SAFEBAG_get0_safes(bag) { try add(inner, password, depth: depth + 1) }
            case NID_secretBag: others.append(KeyFile.Entry(name: Self.name(of: bag), content: .secretKey))
            default:
                let what = "neither a key pair nor a certificate"
                others.append(KeyFile.Entry(name: Self.name(of: bag), content: .other(what)))
            }
        }
    }

    private mutating func addShroudedKey(_ bag: OpaquePointer, _ password: String?) throws(ContainerFailure) {
        guard let envelope = PKCS12_SAFEBAG_get0_pkcs8(bag), Self.isWithinLimit(envelope) else {
            throw .failure(IterationLimit.error)
        }
        // By the current default of the thread, as everything here.
        guard let info = PKCS12_decrypt_skey(bag, password, Self.count(password)) else { throw Self.unreadable() }
        defer { PKCS8_PRIV_KEY_INFO_free(info) }
        addKey(bag, EncryptedPKCS8.octets(of: info))
    }

    private mutating func addKey(_ bag: OpaquePointer, _ info: consuming SecretOctets) {
        keys.append(Key(name: Self.name(of: bag), localKeyID: Self.localKeyID(of: bag), info: SecretKey(info)))
    }

    private mutating func addCertificate(_ bag: OpaquePointer) throws(ContainerFailure) {
        guard let certificate = PKCS12_SAFEBAG_get1_cert(bag) else {
            ERR_clear_error()
            let what = "a certificate of another kind than X.509"
            others.append(KeyFile.Entry(name: Self.name(of: bag), content: .other(what)))
            return
        }
        defer { X509_free(certificate) }
        let der = [UInt8](unsafeUninitializedCapacity: Int(max(0, i2d_X509(certificate, nil)))) { buffer, written in
            var position = buffer.baseAddress
            written = Int(max(0, i2d_X509(certificate, &position)))
        }
        certificates.append(
            Certificate(name: Self.name(of: bag), localKeyID: Self.localKeyID(of: bag), der: der)
        )
    }

    /// A count within an encrypted safe is seen only here.
    private static func isWithinLimit(_ envelope: OpaquePointer) -> Bool {
        let octets = [UInt8](unsafeUninitializedCapacity: Int(max(0, i2d_X509_SIG(envelope, nil)))) { buffer, written in
            var position = buffer.baseAddress
            written = Int(max(0, i2d_X509_SIG(envelope, &position)))
        }
        return IterationLimit.isKept(by: octets) == true
    }

    private static func name(of bag: OpaquePointer) -> String? {
        guard let text = PKCS12_get_friendlyname(bag) else {
            ERR_clear_error()
            return nil
        }
        defer { rekey_openssl_free(text) }
        return String(cString: text)
    }

    private static func localKeyID(of bag: OpaquePointer) -> [UInt8]? {
        guard let value = rekey_bag_local_key(bag) else { return nil }
        return Array(UnsafeBufferPointer(start: ASN1_STRING_get0_data(value), count: Int(ASN1_STRING_length(value))))
    }

    private static func count(_ password: String?) -> Int32 { Int32(clamping: password?.utf8.count ?? 0) }

    private static func malformed(_ cause: String) -> ContainerFailure { .failure(.malformedPKCS12(cause)) }

    private static func unreadable() -> ContainerFailure {
        let reason = ErrorQueue.peekReason()
        return ErrorQueue.takeUnsupported() ? .unsupportedAlgorithm : malformed(reason)
    }
}
