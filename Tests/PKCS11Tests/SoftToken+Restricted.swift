import CPKCS11
import Cryptography
import Keystore
import Testing

@testable import PKCS11

extension SoftToken {
    /// What the token says of a private key to whoever asks for it.
    struct PrivateAttributes {
        var isSensitive = false
        var isExtractable = true
        /// What asking for the secret itself returns.
        var secretResult: ck_rv_t = 0
    }

    /// Asks for what must not come out.
    func privateAttributes(of identifier: [UInt8]) throws -> PrivateAttributes {
        let (functions, session) = try logIn()
        defer { _ = functions.C_CloseSession?(session) }
        let template = Template().number(Attribute.objectClass, ObjectClass.privateKey)
            .octets(Attribute.id, identifier)
        try SoftToken.check(template.withAttributes { functions.C_FindObjectsInit?(session, $0, $1) })
        var (object, count): (UInt, UInt) = (0, 0)
        try SoftToken.check(functions.C_FindObjects?(session, &object, 1, &count))
        _ = functions.C_FindObjectsFinal?(session)
        try #require(count == 1)
        func read(_ type: UInt) -> (result: ck_rv_t, first: UInt8?) {
            var octets = [UInt8](repeating: 0, count: 1024)
            var length = 0
            let result = octets.withUnsafeMutableBytes { buffer in
                var attribute = ck_attribute(type: type, value: buffer.baseAddress, value_len: UInt(buffer.count))
                let result = functions.C_GetAttributeValue?(session, object, &attribute, 1)
                length = Int(truncatingIfNeeded: attribute.value_len)
                return result ?? 0x54
            }
            return (result, result == 0 && length > 0 ? octets[0] : nil)
        }
        let secrets = [Attribute.value, Attribute.privateExponent].map { read($0).result }
        return PrivateAttributes(
            isSensitive: read(Attribute.sensitive).first == 1,
            isExtractable: read(Attribute.extractable).first != 0,
            // A key has the one or the other.
            secretResult: secrets.contains(0) ? 0 : secrets.first { $0 == 0x11 } ?? secrets[0]
        )
    }

    /// An RSA key that the token lets do nothing but `mechanisms`, as HSMs in FIPS mode do with the plain operation.
    func restrictedKey(to mechanisms: [UInt]) throws -> PrivateKey {
        let (functions, session) = try logIn()
        defer { _ = functions.C_CloseSession?(session) }
        let identifier = SecureRandom.octets(count: 8)
        let named = Template().flag(Attribute.token).octets(Attribute.id, identifier)
        let shown = named.number(Attribute.modulusBits, 2048).octets(Attribute.publicExponent, [1, 0, 1])
        let allowed = mechanisms.flatMap { number in withUnsafeBytes(of: number) { Array($0) } }
        let hidden = named.flag(Attribute.isPrivate).flag(Attribute.sign).flag(Attribute.decrypt)
            .octets(0x4000_0600, allowed)
        var (publicHandle, privateHandle): (UInt, UInt) = (0, 0)
        let value = shown.withAttributes { first, firstCount in
            hidden.withAttributes { second, secondCount in
                withMechanism(MechanismNumber.rsaKeyPair) { mechanism in
                    functions.C_GenerateKeyPair?(
                        session,
                        mechanism,
                        first,
                        firstCount,
                        second,
                        secondCount,
                        &publicHandle,
                        &privateHandle
                    )
                }
            }
        }
        #expect(value == 0)
        var modulus = [UInt8](repeating: 0, count: 256)
        let read = modulus.withUnsafeMutableBytes { buffer in
            var attribute = ck_attribute(type: Attribute.modulus, value: buffer.baseAddress, value_len: 256)
            return functions.C_GetAttributeValue?(session, publicHandle, &attribute, 1)
        }
        #expect(read == 0)
        let publicKey = try PublicKey(rsaModulus: modulus, exponent: [1, 0, 1])
        return try token()
            .privateKey(
                TokenKey(token: name, identifier: identifier, label: "", publicKey: publicKey)
            )
    }
}
