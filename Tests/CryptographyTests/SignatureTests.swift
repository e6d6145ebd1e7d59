import Cryptography
import TestSupport
import Testing

@Suite struct SignatureTests {
    private static let message = Array("renewal".utf8)

    /// SHA-256 of the signatures that `openssl dgst -sign` of OpenSSL 3.0 made with alice-rsa2048.
    @Test(arguments: [
        (DigestAlgorithm.sha1, "8f650210f95eb9ee4933b778ba5c310d79a9ff825e6e23599b7caf8d30ccf784"),
        (.sha256, "a0950e8ca22977a2ae25cfbbb2a51067bc3cf6dde11c04406ebd71809875c52e"),
        (.sha384, "8cc5c477c29e2296130db172fcd1fc749aec215fc3d3dceec657fddf964a0051"),
        (.sha512, "57bbf46488fbb2df1cd1e58653d511afc851c596929b87e77bd3ae8a01addf58"),
    ])
    func `RSA signatures are those of OpenSSL's own program`(_ digest: DigestAlgorithm, _ expected: String) throws {
        let key = try Fixtures.key("alice-rsa2048")
        let signature = try key.sign(Self.message, by: .rsaPKCS1(digest))
        #expect(Hexadecimal.text(DigestAlgorithm.sha256.digest(of: signature)) == expected)
        #expect(key.publicKey.verify(signature, over: Self.message, by: .rsaPKCS1(digest)))
    }

    /// RFC 6979 sections A.2.5 and A.2.6: key, then `r` and `s` over "sample".
    @Test(arguments: [
        (
            DigestAlgorithm.sha256,
            "3059301306072a8648ce3d020106082a8648ce3d03010703420004"
                + "60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6"
                + "7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299",
            "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716"
                + "f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8"
        ),
        (
            .sha384,
            "3076301006072a8648ce3d020106052b8104002203620004"
                + "ec3a4e415b4e19a4568618029f427fa5da9a8bc4ae92e02e06aae5286b300c64def8f0ea9055866064a254515480bc13"
                + "8015d9b72d7d57244ea8ef9ac0c621896708a59367f9dfb9f54ca84b3f1c9db1288b231c3ae0d4fe7344fd2533264720",
            "94edbb92a5ecb8aad4736e56c691916b3f88140666ce9fa73d64c4ea95ad133c81a648152e44acf96e36dd1e80fabe46"
                + "99ef4aeb15f178cea1fe40db2603138f130e740a19624526203b6351d0a3a94fa329c145786e679e7b82c71a38628ac8"
        ),
    ])
    func `ECDSA verifies the examples of RFC 6979`(
        _ digest: DigestAlgorithm,
        _ spki: String,
        _ signature: String
    ) throws {
        let key = try PublicKey(spki: Fixtures.octets(spki))
        var octets = try Fixtures.octets(signature)
        #expect(key.verify(octets, over: Array("sample".utf8), by: .ecdsa(digest)))
        octets[5] ^= 1
        #expect(!key.verify(octets, over: Array("sample".utf8), by: .ecdsa(digest)))
    }

    @Test(arguments: KeyKind.allCases.filter(\.canSign))
    func `every kind of key signs what its public half verifies, and nothing else`(_ kind: KeyKind) throws {
        let key = try PrivateKey.generate(kind)
        #expect(key.algorithm == kind.algorithm)
        for digest in [DigestAlgorithm.sha256, .sha384, .sha512] {
            let algorithm = Self.algorithm(for: key, digest)
            var signature = try key.sign(Self.message, by: algorithm)
            #expect(key.publicKey.verify(signature, over: Self.message, by: algorithm))
            #expect(!key.publicKey.verify(signature, over: Self.message + [0], by: algorithm))
            signature[signature.count / 2] ^= 0x10
            #expect(!key.publicKey.verify(signature, over: Self.message, by: algorithm))
        }
    }

    @Test func `ECDSA signatures have a fixed width, and no other is taken`() throws {
        for (kind, width) in [(KeyKind.p256, 64), (.p384, 96), (.p521, 132)] {
            let key = try PrivateKey.generate(kind)
            // A leading zero octet of r or s comes about once in 128 signatures.
            for round in 0..<300 {
                let message = Self.message + [UInt8(round & 0xFF), UInt8(round >> 8)]
                let signature = try key.sign(message, by: .ecdsa(.sha256))
                #expect(signature.count == width)
                #expect(key.publicKey.verify(signature, over: message, by: .ecdsa(.sha256)))
            }
            let signature = try key.sign(Self.message, by: .ecdsa(.sha256))
            for malformed in [
                [], Array(signature.dropLast()), Array(signature.dropFirst()), signature + [0], [0] + signature,
                [UInt8](repeating: 0, count: width), [UInt8](repeating: 0xFF, count: width),
            ] {
                #expect(!key.publicKey.verify(malformed, over: Self.message, by: .ecdsa(.sha256)))
            }
        }
    }

    @Test func `RSA signatures of another length are not taken`() throws {
        let key = try Fixtures.key("alice-rsa2048")
        let signature = try key.sign(Self.message, by: .rsaPKCS1(.sha256))
        for malformed in [[], Array(signature.dropLast()), signature + [0], [0] + signature] {
            #expect(!key.publicKey.verify(malformed, over: Self.message, by: .rsaPKCS1(.sha256)))
        }
    }

    @Test func `a key of another family is refused, naming both`() throws {
        let elliptic = try Fixtures.key("alice-p256")
        let rsa = try Fixtures.key("alice-rsa2048")
        #expect(
            throws: CryptographyError.keyAlgorithmMismatch(
                key: "EC P-256",
                algorithm: "RSA PKCS#1 v1.5 with SHA-256"
            )
        ) { try elliptic.sign(Self.message, by: .rsaPKCS1(.sha256)) }
        #expect(throws: CryptographyError.keyAlgorithmMismatch(key: "RSA 2048", algorithm: "ECDSA with SHA-384")) {
            try rsa.sign(Self.message, by: .ecdsa(.sha384))
        }
        #expect(!rsa.publicKey.verify([1], over: Self.message, by: .ecdsa(.sha256)))
        #expect(!elliptic.publicKey.verify([1], over: Self.message, by: .rsaPKCS1(.sha256)))
    }

    @Test func `one key works for many tasks at once`() async throws {
        let key = try Fixtures.key("bob-p256")
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for task in 0..<8 {
                group.addTask {
                    try (0..<50)
                        .allSatisfy { round in
                            let message: [UInt8] = [UInt8(task), UInt8(round)]
                            let signature = try key.sign(message, by: .ecdsa(.sha256))
                            return key.publicKey.verify(signature, over: message, by: .ecdsa(.sha256))
                        }
                }
            }
            for try await isSound in group { #expect(isSound) }
        }
    }

    private static func algorithm(for key: PrivateKey, _ digest: DigestAlgorithm) -> SignatureAlgorithm {
        switch key.algorithm {
        case .rsa: .rsaPKCS1(digest)
        case .ed25519: .ed25519
        default: .ecdsa(digest)
        }
    }
}
