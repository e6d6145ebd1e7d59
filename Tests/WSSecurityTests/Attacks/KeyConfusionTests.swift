import Cryptography
import Testing
import WSSecurity
import XML
import XMLSignature

@Suite("A key in a message is a hint: whatever KeyInfo says, the verifying key is one that is trusted here")
struct KeyConfusionTests {
    /// A message that `thief` signed, with `keyInfo` in the place of what KeyInfo held.
    private static func forged(by thief: Fixtures.Pair, keyInfo: String) throws -> String {
        let octets = try Fixtures.protected(Specimen.plain, SignatureSettings(), nil, signer: thief)
        let message = String(decoding: octets, as: UTF8.self)
        let old = try #require(message.element("ds:KeyInfo"))
        return message.replacing(old, with: "<ds:KeyInfo>\(keyInfo)</ds:KeyInfo>")
    }

    private static func reference(_ content: String) -> String {
        "<wsse:SecurityTokenReference>\(content)</wsse:SecurityTokenReference>"
    }

    private static func x509Data(_ certificate: Certificate) -> String {
        "<ds:X509Data><ds:X509Certificate>\(Base64.encode(certificate.der))</ds:X509Certificate></ds:X509Data>"
    }

    private static func issuerSerial(_ certificate: Certificate) -> String {
        "<ds:X509Data><ds:X509IssuerSerial><ds:X509IssuerName>\(certificate.issuer)</ds:X509IssuerName>"
            + "<ds:X509SerialNumber>\(certificate.serialNumber)</ds:X509SerialNumber></ds:X509IssuerSerial></ds:X509Data>"
    }

    private static func keyValue(_ key: PublicKey) -> String {
        "<dsig11:DEREncodedKeyValue xmlns:dsig11=\"http://www.w3.org/2009/xmldsig11#\">\(Base64.encode(key.spki))"
            + "</dsig11:DEREncodedKeyValue>"
    }

    private static func thumbprint(_ certificate: Certificate) -> String {
        "<wsse:KeyIdentifier ValueType=\"http://docs.oasis-open.org/wss/oasis-wss-soap-message-security-1.1"
            + "#ThumbprintSHA1\">\(Base64.encode(certificate.thumbprint))</wsse:KeyIdentifier>"
    }

    @Test("the thief's own key in every form, alone or beside a reference to the partner's")
    func thief() throws {
        let partner = try Fixtures.sender.get().certificate
        let thief = try Fixtures.Pair.made(.rsa2048, partner.subject)
        let own = [
            Self.x509Data(thief.certificate), Self.keyValue(thief.certificate.publicKey),
            Self.reference(Self.x509Data(thief.certificate)),
            Self.reference(Self.keyValue(thief.certificate.publicKey)),
            "<ds:KeyName>\(partner.subject)</ds:KeyName>", Self.reference(Self.thumbprint(thief.certificate)),
            Self.reference(Self.issuerSerial(thief.certificate)),
            "<ds:RetrievalMethod URI=\"#x\"/>", "<ds:RetrievalMethod URI=\"https://example.org/\"/>", "",
        ]
        let theirs = [
            "", Self.reference(Self.thumbprint(partner)), Self.reference(Self.issuerSerial(partner)),
            Self.x509Data(partner),
        ]
        for one in own {
            for other in theirs {
                for keyInfo in [one + other, other + one] {
                    let message = try Self.forged(by: thief, keyInfo: keyInfo)
                    #expect(try Fixtures.fault(of: message) != nil, "\(keyInfo)")
                }
            }
        }
    }

    @Test("two references in one SecurityTokenReference, or a reference to a reference")
    func twice() throws {
        let partner = try Fixtures.sender.get()
        let thumbprint = Self.thumbprint(partner.certificate)
        let message = try Self.forged(by: partner, keyInfo: Self.reference(thumbprint))
        #expect(try Fixtures.fault(of: message) == nil)
        let thief = try Fixtures.Pair.made(.rsa2048, "CN=thief")
        for keyInfo in [
            Self.reference(thumbprint + Self.thumbprint(thief.certificate)), Self.reference(thumbprint + thumbprint),
            Self.reference(Self.reference(thumbprint)),
            Self.reference(thumbprint) + Self.reference(Self.thumbprint(thief.certificate)),
            "<wsse:SecurityTokenReference wsu:Id=\"loop\"><wsse:Reference URI=\"#loop\"/></wsse:SecurityTokenReference>",
        ] {
            let message = try Self.forged(by: partner, keyInfo: keyInfo)
            #expect(try Fixtures.fault(of: message) != nil, "\(keyInfo)")
        }
    }

    @Test("another certificate with the partner's subject, issuer and serial number, or its key identifier")
    func lookAlikes() throws {
        let partner = try Fixtures.sender.get()
        let stranger = try Fixtures.Pair.made(.rsa2048, partner.certificate.subject)
        let trusted = StaticTrustedKeys(verifying: [partner.certificate, stranger.certificate])
        let message = Array(try Fixtures.signed().utf8)
        let processor = MessageProcessor(policy: InboundPolicy(), keys: trusted)
        let result = try processor.process(message, receivedAt: Fixtures.now)
        #expect(result.signatures.first?.certificate == partner.certificate)
        for hint in [
            KeyHint.issuerSerial(issuer: partner.certificate.issuer, serial: partner.certificate.serialNumber),
            .subjectKeyIdentifier(partner.certificate.keyIdentifier), .thumbprint(partner.certificate.thumbprint),
            .certificate(partner.certificate),
        ] {
            #expect(hint.fits(partner.certificate) && !hint.fits(stranger.certificate), "\(hint)")
        }
    }

    @Test("a set of trusted keys that answers with another certificate than the one named is not believed")
    func wrongAnswer() throws {
        struct Confused: TrustedKeys {
            let certificate: Certificate
            func verificationCertificates(for hint: KeyHint) -> [Certificate] { [certificate] }
            func decryptionKeys(for hint: KeyHint) -> [DecryptionKey] { [] }
        }
        let thief = try Fixtures.Pair.made(.rsa2048, "CN=thief")
        let partner = try Fixtures.sender.get().certificate
        let message = try Self.forged(by: thief, keyInfo: Self.reference(Self.thumbprint(partner)))
        let processor = MessageProcessor(policy: InboundPolicy(), keys: Confused(certificate: thief.certificate))
        #expect { try processor.process(Array(message.utf8), receivedAt: Fixtures.now) } throws: {
            ($0 as? SecurityFault)?.code == .failedAuthentication
        }
    }

    @Test("an HMAC whose secret is what everybody knows of the partner: key, certificate, name or nothing")
    func publicSecret() throws {
        let partner = try Fixtures.sender.get()
        let certificate = partner.certificate
        let secrets: [[UInt8]] = [
            certificate.publicKey.spki, certificate.der, Array(certificate.pem.utf8), certificate.thumbprint,
            Array(certificate.subject.utf8), [0],
        ]
        var policy = InboundPolicy()
        policy.signatureAlgorithms.formUnion([.hmac(.sha1), .hmac(.sha256)])
        for secret in secrets {
            for (digest, uri) in [
                (DigestAlgorithm.sha256, "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256"),
                (.sha1, "http://www.w3.org/2000/09/xmldsig#hmac-sha1"),
            ] {
                let message = try Specimen().text
                    .replacing("http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", with: uri)
                let fault = try Fixtures.fault(of: Forger.authenticated(message, secret, digest), policy)
                #expect(fault != nil, "\(digest), secret of \(secret.count) octets")
            }
        }
    }

    @Test("a truncated HMAC is refused whatever its length, and so is HMAC where it is not allowed")
    func truncated() throws {
        let secret = [UInt8](repeating: 7, count: 32)
        let message = try Specimen().text
            .replacing(
                "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
                with: "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256"
            )
        #expect(try Fixtures.fault(of: Forger.authenticated(message, secret, .sha256))?.code == .unsupportedAlgorithm)
        var policy = InboundPolicy()
        policy.signatureAlgorithms.insert(.hmac(.sha256))
        for length in ["0", "1", "8", "80", "128", "255", "257", "-1", "x", "", "99999999999999999999"] {
            let parameter = "<ds:HMACOutputLength>\(length)</ds:HMACOutputLength>"
            let changed = message.inserting(parameter, before: "</ds:SignatureMethod>")
            let fault = try #require(try Fixtures.fault(of: Forger.authenticated(changed, secret, .sha256), policy))
            #expect([.invalidSecurity, .unsupportedAlgorithm].contains(fault.code), "\(length): \(fault)")
        }
    }

    @Test("a signature algorithm of another kind of key than the trusted one, and legacy algorithms, are refused")
    func otherAlgorithm() throws {
        let message = try Specimen().text
        for name in ["rsa-sha1", "rsa-md5", "dsa-sha1", "hmac-sha1"] {
            let changed = message.replacing(
                "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
                with: "http://www.w3.org/2000/09/xmldsig#" + name
            )
            #expect(try Fixtures.fault(of: changed)?.code == .unsupportedAlgorithm)
        }
        let key = try Fixtures.sender.get().key
        let sha1 = message.replacing(
            "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
            with: "http://www.w3.org/2000/09/xmldsig#rsa-sha1"
        )
        let forged = try Forger.resigned(sha1, by: key, .rsaPKCS1(.sha1))
        #expect(try Fixtures.fault(of: forged)?.code == .unsupportedAlgorithm)
        var legacy = InboundPolicy()
        legacy.signatureAlgorithms.insert(.rsaSHA1)
        #expect(try Fixtures.fault(of: forged, legacy) == nil)
    }

    @Test("a token that stands outside of the header is no token")
    func outside() throws {
        let (rest, token) = try #require(try Specimen().text.taking("wsse:BinarySecurityToken"))
        for moved in [
            rest.inserting(token, before: "</soap:Header>"), rest.inserting(token, after: "<soap:Header>"),
            rest.inserting("<x>\(token)</x>", before: "</soap:Header>"),
        ] {
            #expect(try Fixtures.fault(of: moved)?.code == .securityTokenUnavailable)
        }
    }

    @Test("an HMAC under a public key's octets is not verified by that key, nor a signature by a secret")
    func kinds() throws {
        let pair = try Fixtures.sender.get()
        let spki = pair.certificate.publicKey.spki
        let secret = VerifyingKey.secret(SecretKey(copying: spki))
        for (key, fitting, other) in [
            (HandMade.Key.secret(spki), secret, VerifyingKey.publicKey(pair.certificate.publicKey)),
            (.pair(pair), .publicKey(pair.certificate.publicKey), secret),
        ] {
            let message = try HandMade.signed(
                HandMade.envelope(""),
                by: key,
                keyInfo: "<ds:KeyName>k</ds:KeyName>"
            )
            let document = try XMLDocument(scanning: Array(message.utf8))
            let node = try #require(
                document.descendants(of: document.root).first { document.isNamed($0, "Signature", in: HandMade.dsig) }
            )
            let signature = try Signature(reading: node, in: document, limits: SignatureLimits())
            let names = [ExpandedName("Id", in: WrappingTests.wsu)]
            let elements = try ElementIndex(of: document, qualified: names)
            _ = try signature.verify(with: fitting, in: document, elements: elements)
            #expect(throws: XMLSignatureError.signatureMismatch) {
                _ = try signature.verify(with: other, in: document, elements: elements)
            }
        }
    }
}
