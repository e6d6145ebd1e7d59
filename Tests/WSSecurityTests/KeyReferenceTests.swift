import Cryptography
import TestSupport
import Testing
import WSSecurity

@Suite("Every form of ds:KeyInfo names one trusted key, or the message is refused")
struct KeyReferenceTests {
    @Test("forms that other stacks write, directly in ds:KeyInfo and in a SecurityTokenReference")
    func forms() throws {
        let signer = try Fixtures.sender.get().certificate
        for form in try Self.forms(of: signer) {
            #expect(try Self.fault(form) == nil, "\(form)")
        }
    }

    @Test("the same forms of another certificate are not the signer's")
    func strangers() throws {
        let stranger = try Fixtures.receiver.get().certificate
        for form in try Self.forms(of: stranger) {
            let fault = try #require(try Self.fault(form), "\(form)")
            #expect(fault.outward.code == .failedCheck)
        }
    }

    @Test("several references agree or are refused, whatever their order")
    func several() throws {
        let signer = try Self.direct(of: Fixtures.sender.get().certificate)
        let stranger = try Self.direct(of: Fixtures.receiver.get().certificate)
        for one in signer {
            for other in signer { #expect(try Self.fault(one + other) == nil, "\(one)\(other)") }
            for other in stranger {
                #expect(try Self.fault(one + other) != nil, "\(one)\(other)")
                #expect(try Self.fault(other + one) != nil, "\(other)\(one)")
            }
        }
        let label = "<ds:KeyName>our key for orders</ds:KeyName>"
        #expect(try Self.fault(label + signer[0]) == nil)
        #expect(try Self.fault(label)?.code == .securityTokenUnavailable)
    }

    @Test("certificates of a path beside the signer's: the one that issued no other signs")
    func path() throws {
        let chain = try Certificate.list(
            pem: String(decoding: Vectors.octets("keys/alice-rsa2048.crt.pem"), as: UTF8.self)
        )
        let signer = try Fixtures.sender.get().certificate
        let one = Self.certificate(signer)
        #expect(try Self.fault("<ds:X509Data>\(one)\(one)</ds:X509Data>") == nil)
        let two = "<ds:X509Data>\(one)\(Self.certificate(try #require(chain.first)))</ds:X509Data>"
        #expect(try Self.fault(two)?.code == .invalidSecurityToken)
    }

    @Test("a token that is a bag of certificates: the signer's is the one that issued no other")
    func bag() throws {
        let message = String(decoding: try Vectors.octets("generated/wss4j/sign-bst.xml"), as: UTF8.self)
        let token = try #require(message.element("wsse:BinarySecurityToken"))
        let start = try #require(token.firstRange(of: ">")).upperBound
        let bag = Base64.encode(try Vectors.octets("containers/alice-rsa2048.p7b"))
        let policy = InboundPolicy(maximumAge: .seconds(3600))
        for (content, isRead) in [(bag, true), (String(bag.dropLast(4)), false), ("AAAA", false)] {
            let changed = message.replacing(token, with: token[..<start] + content + "</wsse:BinarySecurityToken>")
                .replacing("#X509v3", with: "#PKCS7")
            let moment = ForeignMessageTests.receivedAt
            let fault = try HandMade.fault(changed, policy, ForeignMessageTests.keys(), at: moment)
            #expect((fault == nil) == isRead, "\(content.prefix(10))")
            #expect(isRead || fault?.code == .invalidSecurityToken)
        }
    }

    @Test("a name that several trusted certificates bear is refused and named")
    func ambiguous() throws {
        let one = try Fixtures.sender.get()
        let other = try Fixtures.Pair.made(.rsa2048, "CN=sender, O=Interop \\, Test, C=DE")
        let keys = StaticTrustedKeys(verifying: [one.certificate, other.certificate])
        let name = "<ds:X509Data><ds:X509SubjectName>\(one.certificate.subject)</ds:X509SubjectName></ds:X509Data>"
        let message = try HandMade.signed(HandMade.envelope(""), by: .pair(one), keyInfo: name)
        let fault = try HandMade.fault(message, .signedBody, keys)
        #expect(fault?.code == .securityTokenUnavailable && fault?.cause.contains("2 trusted") == true)
        let narrowed = message.replacing("</ds:X509Data>", with: Self.identifier(one.certificate) + "</ds:X509Data>")
        #expect(try HandMade.fault(narrowed, .signedBody, keys) == nil)
    }

    @Test(
        "what is not understood is refused by its name",
        arguments: [
            "<ds:RetrievalMethod URI=\"#x\"/>", "<ds:PGPData/>", "<ds:SPKIData/>", "<ds:MgmtData/>",
            "<x xmlns=\"urn:x\"/>",
            "<wsse:SecurityTokenReference xmlns:wsse=\"\(WrappingTests.wsse)\"><x/></wsse:SecurityTokenReference>",
        ]
    )
    func unknown(_ keyInfo: String) throws {
        let fault = try #require(try Self.fault(keyInfo))
        #expect(fault.code == .unsupportedSecurityToken && fault.cause.contains("is not supported"))
    }

    @Test(
        "what is broken is refused",
        arguments: [
            "", "<ds:KeyName/>", "<ds:X509Data/>", "<ds:X509Data><ds:X509CRL>AAAA</ds:X509CRL></ds:X509Data>",
            "<ds:X509Data><ds:X509SKI>!</ds:X509SKI></ds:X509Data>", "<ds:KeyValue/>",
            "<ds:X509Data><ds:X509IssuerSerial/></ds:X509Data>",
            "<ds:KeyValue><ds:DSAKeyValue/></ds:KeyValue>",
            "<ds:KeyValue><ds:RSAKeyValue><ds:Modulus>AQ==</ds:Modulus></ds:RSAKeyValue></ds:KeyValue>",
            "<ds:KeyValue><ds:RSAKeyValue><ds:Modulus>AQ==</ds:Modulus><ds:Exponent>Ag==</ds:Exponent></ds:RSAKeyValue>"
                + "</ds:KeyValue>",
            "<e:DEREncodedKeyValue xmlns:e=\"http://www.w3.org/2009/xmldsig11#\">AAAA</e:DEREncodedKeyValue>",
            String(repeating: "<ds:KeyName>x</ds:KeyName>", count: 9),
            "<ds:X509Data>\(String(repeating: "<ds:X509SKI>AAAA</ds:X509SKI>", count: 17))</ds:X509Data>",
        ]
    )
    func broken(_ keyInfo: String) throws {
        #expect(try #require(try Self.fault(keyInfo)).code == .invalidSecurity)
    }

    @Test("a TokenType that is not the token's is a lie")
    func tokenType() throws {
        let reference = try HandMade.thumbprint(Fixtures.sender.get().certificate)
        let base = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-x509-token-profile-1.0#"
        for (type, isFit) in [(base + "X509v3", true), ("urn:other", false)] {
            let typed = reference.replacing(
                "<wsse:SecurityTokenReference",
                with: "<wsse:SecurityTokenReference xmlns:t=\"\(Self.wsse11)\" t:TokenType=\"\(type)\""
            )
            #expect((try Self.fault(typed) == nil) == isFit)
        }
    }

    @Test("EC keys as values, in both forms")
    func ellipticValues() throws {
        let pair = try Fixtures.curve256.get()
        let der =
            "<e:DEREncodedKeyValue xmlns:e=\"http://www.w3.org/2009/xmldsig11#\">"
            + Base64.encode(pair.certificate.publicKey.spki) + "</e:DEREncodedKeyValue>"
        let point = Base64.encode(Array(pair.certificate.publicKey.spki.suffix(65)))
        let curve = "<e:NamedCurve URI=\"urn:oid:1.2.840.10045.3.1.7\"/>"
        let value =
            "<ds:KeyValue><e:ECKeyValue xmlns:e=\"http://www.w3.org/2009/xmldsig11#\">\(curve)"
            + "<e:PublicKey>\(point)</e:PublicKey></e:ECKeyValue></ds:KeyValue>"
        let message = String(
            decoding: try Fixtures.protected(Fixtures.envelope(), SignatureSettings(), nil, signer: pair),
            as: UTF8.self
        )
        let old = try #require(message.element("ds:KeyInfo"))
        for form in [der, value] {
            #expect(try Fixtures.fault(of: message.replacing(old, with: "<ds:KeyInfo>\(form)</ds:KeyInfo>")) == nil)
        }
        let other = value.replacing("1.2.840.10045.3.1.7", with: "1.3.132.0.10")
        #expect(try Fixtures.fault(of: message.replacing(old, with: "<ds:KeyInfo>\(other)</ds:KeyInfo>")) != nil)
    }

    private static let wsse11 = "http://docs.oasis-open.org/wss/oasis-wss-wssecurity-secext-1.1.xsd"

    /// The fault of a message signed by the sender whose `ds:KeyInfo` has that content.
    private static func fault(_ keyInfo: String) throws -> SecurityFault? {
        let pair = try Fixtures.sender.get()
        let message = try HandMade.signed(HandMade.envelope(""), by: .pair(pair), keyInfo: keyInfo)
        return try HandMade.fault(message, .signedBody)
    }

    private static func certificate(_ certificate: Certificate) -> String {
        "<ds:X509Certificate>\(Base64.encode(certificate.der))</ds:X509Certificate>"
    }

    private static func identifier(_ certificate: Certificate) -> String {
        "<ds:X509SKI>\(Base64.encode(certificate.keyIdentifier))</ds:X509SKI>"
    }

    private static func direct(of certificate: Certificate) throws -> [String] {
        let serial =
            "<ds:X509IssuerSerial><ds:X509IssuerName>\(certificate.issuer)</ds:X509IssuerName><ds:X509SerialNumber>"
            + "\(certificate.serialNumber)</ds:X509SerialNumber></ds:X509IssuerSerial>"
        let subject = "<ds:X509SubjectName>\(certificate.subject)</ds:X509SubjectName>"
        let all = serial + identifier(certificate) + subject + Self.certificate(certificate)
        return [
            "<ds:X509Data>\(Self.certificate(certificate))</ds:X509Data>", "<ds:X509Data>\(serial)</ds:X509Data>",
            "<ds:X509Data>\(identifier(certificate))</ds:X509Data>", "<ds:X509Data>\(subject)</ds:X509Data>",
            "<ds:X509Data>\(all)</ds:X509Data>", "<ds:KeyName>\(certificate.subject)</ds:KeyName>",
            "<e:DEREncodedKeyValue xmlns:e=\"http://www.w3.org/2009/xmldsig11#\">"
                + "\(Base64.encode(certificate.publicKey.spki))</e:DEREncodedKeyValue>",
        ]
    }

    private static func forms(of certificate: Certificate) throws -> [String] {
        let direct = try direct(of: certificate)
        let x509 = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-x509-token-profile-1.0#"
        let token =
            "<wsse:BinarySecurityToken ValueType=\"\(x509)X509v3\">\(Base64.encode(certificate.der))"
            + "</wsse:BinarySecurityToken>"
        let inside =
            Array(direct[..<6]) + [
                "<wsse:Embedded>\(token)</wsse:Embedded>",
                "<wsse:KeyIdentifier ValueType=\"\(x509)X509v3\">\(Base64.encode(certificate.der))</wsse:KeyIdentifier>",
                "<wsse:KeyIdentifier ValueType=\"\(x509)X509SubjectKeyIdentifier\">"
                    + "\(Base64.encode(certificate.keyIdentifier))</wsse:KeyIdentifier>",
            ]
        return direct + [HandMade.thumbprint(certificate)]
            + inside.map {
                "<wsse:SecurityTokenReference xmlns:wsse=\"\(WrappingTests.wsse)\">\($0)</wsse:SecurityTokenReference>"
            }
    }
}
