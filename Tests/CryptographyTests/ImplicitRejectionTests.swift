import COpenSSL
import Cryptography
import TestSupport
import Testing

@Suite struct ImplicitRejectionTests {
    private static let plain = Array("0123456789abcdef".utf8)

    /// Made by `openssl pkeyutl -encrypt -pkeyopt rsa_padding_mode:pkcs1` of OpenSSL 3.0 for alice-rsa2048.
    @Test func `opens what OpenSSL's own program wrapped`() throws {
        let text = """
            RnSbeOqm3efaNJTE1FE08CNtkolcTPkks0Uv606bD8eej9fRCN5wFTcIq3LOvRhbaak0OyTpnhVCtTLE0v8OsgkDsPJYv2X8brCCgty5
            fjzPTdwfq9RSrkSSRRpXw/GDf1aIPNmL3WgsKCSVu9s0Ab4DzhicLLTLDEG7X2/eU5GCn7oP3rd2kLOhWS3TflB2+kLTpc/tiFTCztNm
            h6wzdOATekhARNtmCgzalnVN3lEd0sOr6k2SB8B7xwcs5/KS8KprhBZ07Uzpad7+diTii20854bmY+7gSzjh7HdEDEu1VaZ9no/idMrd
            3/ZET7DEhtkUHS5PkpACVpzIUeVe3g==
            """
        let wrapped = try #require(Base64.decode(text))
        let secret = try Fixtures.key("alice-rsa2048").decrypt(wrapped, by: .rsaPKCS1, expecting: 16)
        let isSame = Fixtures.holds(secret, Self.plain)
        #expect(isSame)
    }

    @Test(arguments: [8, 16, 24, 32, 64])
    func `goes both ways`(_ count: Int) throws {
        let key = try Fixtures.key("bob-rsa3072")
        let plain = SecureRandom.octets(count: count)
        let wrapped = try key.publicKey.encrypt(SecretOctets(copying: plain), by: .rsaPKCS1)
        let secret = try key.decrypt(wrapped, by: .rsaPKCS1, expecting: count)
        let isSame = Fixtures.holds(secret, plain)
        #expect(isSame)
    }

    /// Blocks of 256 octets with one thing wrong each, encrypted as they stand.
    @Test func `every broken padding yields a secret of the length, the same one for the same octets`() throws {
        let key = try Fixtures.key("alice-rsa2048")
        let sound = [0, 2] + [UInt8](repeating: 7, count: 256 - 3 - 16) + [0] + Self.plain
        let opened = try key.decrypt(Self.raw(sound, key), by: .rsaPKCS1, expecting: 16)
        let isSame = Fixtures.holds(opened, Self.plain)
        #expect(isSame)
        var broken: [[UInt8]] = [sound, sound, sound, sound, sound, sound]
        broken[0][0] = 1
        broken[1][1] = 1
        broken[2][2] = 0
        broken[3][9] = 0
        broken[4][256 - 17] = 1
        broken[5][256 - 18] = 0
        for block in broken {
            let wrapped = try Self.raw(block, key)
            let first = try key.decrypt(wrapped, by: .rsaPKCS1, expecting: 16)
            let second = try key.decrypt(wrapped, by: .rsaPKCS1, expecting: 16)
            let (count, isTail) = (first.count, Fixtures.holds(first, Self.plain))
            let isStable = ConstantTime.equal(first, second)
            #expect(count == 16 && !isTail && isStable)
        }
    }

    @Test func `a secret of another length than expected is not found`() throws {
        let key = try Fixtures.key("alice-rsa2048")
        let wrapped = try key.publicKey.encrypt(SecretOctets(copying: Self.plain), by: .rsaPKCS1)
        for count in [1, 15, 17, 24, 32, 64] {
            let secret = try key.decrypt(wrapped, by: .rsaPKCS1, expecting: count)
            let (length, isTail) = (secret.count, Fixtures.holds(secret, Array(Self.plain.suffix(count))))
            #expect(length == count && !isTail)
        }
        for count in [nil, 0, -1, 65, 246] {
            #expect(throws: CryptographyError.decryptionFailed) {
                _ = try key.decrypt(wrapped, by: .rsaPKCS1, expecting: count)
            }
        }
    }

    @Test func `a label of OAEP over PKCS#1 v1.5 opens nothing, nor the other way round`() throws {
        let key = try Fixtures.key("alice-rsa2048")
        let oaep = KeyTransport.rsaOAEP(digest: .sha1, mgf: .sha1)
        let old = try key.publicKey.encrypt(SecretOctets(copying: Self.plain), by: .rsaPKCS1)
        #expect(throws: CryptographyError.decryptionFailed) { _ = try key.decrypt(old, by: oaep, expecting: 16) }
        let new = try key.publicKey.encrypt(SecretOctets(copying: Self.plain), by: oaep)
        let secret = try key.decrypt(new, by: .rsaPKCS1, expecting: 16)
        let isSame = Fixtures.holds(secret, Self.plain)
        #expect(!isSame)
        #expect(throws: CryptographyError.decryptionFailed) { _ = try key.decrypt(new, by: oaep, expecting: 32) }
    }

    @Test func `octets that are no number below the modulus are the one error`() throws {
        let key = try Fixtures.key("alice-rsa2048")
        for octets in [[], [1], [UInt8](repeating: 255, count: 256), [UInt8](repeating: 0, count: 257)] {
            #expect(throws: CryptographyError.decryptionFailed) {
                _ = try key.decrypt(octets, by: .rsaPKCS1, expecting: 16)
            }
        }
    }

    /// The bare RSA operation of the public key over `block`.
    private static func raw(_ block: [UInt8], _ key: PrivateKey) throws -> [UInt8] {
        let spki = key.publicKey.spki
        let handle = spki.withUnsafeBufferPointer { buffer in
            var position = buffer.baseAddress
            return d2i_PUBKEY(nil, &position, buffer.count)
        }
        defer { EVP_PKEY_free(handle) }
        let context = EVP_PKEY_CTX_new_from_pkey(nil, handle, nil)
        defer { EVP_PKEY_CTX_free(context) }
        var count = block.count
        var output = [UInt8](repeating: 0, count: count)
        try #require(EVP_PKEY_encrypt_init(context) == 1)
        try #require(EVP_PKEY_CTX_set_rsa_padding(context, RSA_NO_PADDING) == 1)
        try #require(EVP_PKEY_encrypt(context, &output, &count, block, block.count) == 1)
        return output
    }
}
