import CPKCS11
import Cryptography

/// A session with a token (PKCS #11 section 5.6): one computes in it at a time.
struct TokenSession: Sendable {
    private let module: TokenModule
    private let handle: UInt
    /// Which time it is that the token is there.
    let epoch: Int
    let isWriting: Bool

    private var functions: ck_function_list { module.functions.pointee }

    init(_ module: TokenModule, slot: UInt, epoch: Int, isWriting: Bool) throws(TokenFault) {
        var handle: UInt = 0
        let flags = Flags.serialSession | (isWriting ? Flags.readWriteSession : 0)
        let value = module.functions.pointee.C_OpenSession?(slot, flags, nil, nil, &handle)
        try TokenFault.check("C_OpenSession", value)
        self.module = module
        self.handle = handle
        self.epoch = epoch
        self.isWriting = isWriting
    }

    /// Ends it; one that ended already is none.
    func close() { _ = functions.C_CloseSession?(handle) }

    /// Logs the user in, where nobody of this process has.
    func logIn(_ pin: SecretKey) throws(TokenFault) {
        let value = pin.withSecret { pin in
            pin.withUnsafeBytes { pin in
                let start = UnsafeMutableRawPointer(mutating: pin.baseAddress)
                return functions.C_Login?(handle, 1, start?.assumingMemoryBound(to: UInt8.self), UInt(pin.count))
            }
        }
        guard value != ReturnValue.alreadyLoggedIn.code else { return }
        try TokenFault.check("C_Login", value)
    }

    /// At most eight objects that have these attributes.
    func objects(_ template: Template) throws(TokenFault) -> [UInt] {
        let begun = template.withAttributes { functions.C_FindObjectsInit?(handle, $0, $1) }
        try TokenFault.check("C_FindObjectsInit", begun)
        var found = [UInt](repeating: 0, count: 8)
        var count: UInt = 0
        let value = functions.C_FindObjects?(handle, &found, UInt(found.count), &count)
        _ = functions.C_FindObjectsFinal?(handle)
        try TokenFault.check("C_FindObjects", value)
        return Array(found.prefix(Int(count)))
    }

    /// An attribute of an object.
    func attribute(_ type: UInt, of object: UInt) throws(TokenFault) -> [UInt8] {
        var attribute = ck_attribute(type: type, value: nil, value_len: 0)
        try TokenFault.check("C_GetAttributeValue", functions.C_GetAttributeValue?(handle, object, &attribute, 1))
        guard attribute.value_len < 1 << 16 else { throw .refused("an attribute of the key cannot be read") }
        var octets = [UInt8](repeating: 0, count: Int(attribute.value_len))
        let value = octets.withUnsafeMutableBytes { buffer in
            attribute.value = buffer.baseAddress
            return functions.C_GetAttributeValue?(handle, object, &attribute, 1)
        }
        try TokenFault.check("C_GetAttributeValue", value)
        return Array(octets.prefix(Int(attribute.value_len)))
    }

    /// The value of a secret of `count` octets.
    func secret(_ object: UInt, count: Int) throws(TokenFault) -> SecretOctets {
        var value: ck_rv_t? = 0
        var length: UInt = 0
        let secret = SecretOctets(count: count) { buffer in
            var attribute = ck_attribute(
                type: Attribute.value,
                value: buffer.baseAddress,
                value_len: UInt(buffer.count)
            )
            value = functions.C_GetAttributeValue?(handle, object, &attribute, 1)
            length = attribute.value_len
        }
        try TokenFault.check("C_GetAttributeValue", value)
        guard length == UInt(count) else { throw .refused("the shared secret has another length than the curve's") }
        return secret
    }

    /// The signature of `key` over `octets`, of at most `limit` octets.
    func sign(
        _ octets: [UInt8],
        limit: Int,
        begin: (_ session: UInt, ck_function_list) -> ck_rv_t?
    ) throws(TokenFault) -> [UInt8] {
        try TokenFault.check("C_SignInit", begin(handle, functions))
        var (octets, signature) = (octets, [UInt8](repeating: 0, count: limit))
        var count = UInt(limit)
        try TokenFault.check(
            "C_Sign",
            functions.C_Sign?(handle, &octets, UInt(octets.count), &signature, &count)
        )
        return Array(signature.prefix(Int(count)))
    }

    /// What `octets` hide, of at most `limit` octets, with zeros behind it; and how many octets it is.
    func decrypt(
        _ octets: [UInt8],
        limit: Int,
        begin: (_ session: UInt, ck_function_list) -> ck_rv_t?
    ) throws(TokenFault) -> SecretBuffer {
        try TokenFault.check("C_DecryptInit", begin(handle, functions))
        var octets = octets
        var count = UInt(limit)
        var value: ck_rv_t? = 0
        let secret = SecretOctets(count: limit) { buffer in
            let start = buffer.assumingMemoryBound(to: UInt8.self).baseAddress
            value = functions.C_Decrypt?(handle, &octets, UInt(octets.count), start, &count)
        }
        try TokenFault.check("C_Decrypt", value)
        return SecretBuffer(octets: secret, count: min(limit, Int(count)))
    }

    /// Makes a key pair; returns the handles of its halves.
    func generatePair(
        _ mechanism: UInt,
        publicTemplate: Template,
        privateTemplate: Template
    ) throws(TokenFault) -> (publicKey: UInt, privateKey: UInt) {
        var (publicKey, privateKey): (UInt, UInt) = (0, 0)
        let value = publicTemplate.withAttributes { publicList, publicCount in
            privateTemplate.withAttributes { privateList, privateCount in
                withMechanism(mechanism) { mechanism in
                    functions.C_GenerateKeyPair?(
                        handle,
                        mechanism,
                        publicList,
                        publicCount,
                        privateList,
                        privateCount,
                        &publicKey,
                        &privateKey
                    )
                }
            }
        }
        try TokenFault.check("C_GenerateKeyPair", value)
        return (publicKey, privateKey)
    }

    /// Derives a key by ECDH (CKM_ECDH1_DERIVE without a key derivation function) that has these attributes.
    func derive(_ key: UInt, point: [UInt8], _ template: Template) throws(TokenFault) -> UInt {
        var (point, derived): ([UInt8], UInt) = (point, 0)
        let value = point.withUnsafeMutableBufferPointer { point in
            let parameters = ck_ecdh1_derive_params(
                kdf: 1,
                shared_data_len: 0,
                shared_data: nil,
                public_data_len: UInt(point.count),
                public_data: point.baseAddress
            )
            return withMechanism(MechanismNumber.ecdh, parameters) { mechanism in
                template.withAttributes { functions.C_DeriveKey?(handle, mechanism, key, $0, $1, &derived) }
            }
        }
        try TokenFault.check("C_DeriveKey", value)
        return derived
    }

    /// Makes an object that has these attributes.
    func create(_ template: Template) throws(TokenFault) -> UInt {
        var object: UInt = 0
        let value = template.withAttributes { functions.C_CreateObject?(handle, $0, $1, &object) }
        try TokenFault.check("C_CreateObject", value)
        return object
    }

    /// Erases an object.
    func destroy(_ object: UInt) throws(TokenFault) {
        try TokenFault.check("C_DestroyObject", functions.C_DestroyObject?(handle, object))
    }

    /// Whether the token has the mechanism.
    func offers(_ mechanism: UInt, slot: UInt) -> Bool {
        var information = ck_mechanism_info()
        return functions.C_GetMechanismInfo?(slot, mechanism, &information) == 0
    }
}

/// A secret in a buffer that may be longer.
struct SecretBuffer: ~Copyable {
    let octets: SecretOctets
    let count: Int
}
