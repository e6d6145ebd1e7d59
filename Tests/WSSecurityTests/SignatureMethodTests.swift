import Cryptography
import TestSupport
import Testing
import XML
import XMLSignature

@Suite struct SignatureMethodTests {
    /// RFC 9231 sections 2.2 and 2.3, XML Signature 1.1 section 6.
    @Test(arguments: [
        (SignatureMethod.rsaSHA1, "http://www.w3.org/2000/09/xmldsig#rsa-sha1"),
        (.rsaSHA256, "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"),
        (.ecdsaSHA384, "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384"),
        (.rsaMGF1(.sha1), "http://www.w3.org/2007/05/xmldsig-more#sha1-rsa-MGF1"),
        (.rsaMGF1(.sha224), "http://www.w3.org/2007/05/xmldsig-more#sha224-rsa-MGF1"),
        (.rsaMGF1(.sha512), "http://www.w3.org/2007/05/xmldsig-more#sha512-rsa-MGF1"),
        (.ed25519, "http://www.w3.org/2021/04/xmldsig-more#eddsa-ed25519"),
        (.hmac(.sha1), "http://www.w3.org/2000/09/xmldsig#hmac-sha1"),
        (.hmac(.sha224), "http://www.w3.org/2001/04/xmldsig-more#hmac-sha224"),
        (.hmac(.sha256), "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256"),
    ])
    func `URIs are those of the standards`(_ method: SignatureMethod, _ uri: String) throws {
        #expect(method.uri == uri)
        #expect(try Self.read(uri) == method)
    }

    @Test(arguments: SignatureMethod.allCases)
    func `what is written is read as the same method`(_ method: SignatureMethod) throws {
        let document = try XMLDocument(
            scanning: Array(
                "<a xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\">\(method.canonicalText)</a>".utf8
            )
        )
        let node = try #require(document.elements(in: document.root).first { _ in true })
        #expect(try SignatureMethod(reading: node, in: document) == method)
        var canonical: [UInt8] = []
        document.canonicalize(node, by: .exclusive) { chunk in
            for index in chunk.indices { canonical.append(chunk[index]) }
        }
        let text = String(decoding: canonical, as: UTF8.self)
        let bound = method.canonicalText
            .replacing(
                "<ds:SignatureMethod ",
                with: "<ds:SignatureMethod xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\" "
            )
        #expect(text == bound)
    }

    private static let pss = "http://www.w3.org/2007/05/xmldsig-more#rsa-pss"
    private static let sha512 = "<ds:DigestMethod Algorithm='http://www.w3.org/2001/04/xmlenc#sha512'/>"
    private static let sha1 = "<ds:DigestMethod Algorithm='http://www.w3.org/2000/09/xmldsig#sha1'/>"

    @Test func `parameters of RSA-PSS are read with the defaults of RFC 9231`() throws {
        let mask = "<p:MaskGenerationFunction>\(Self.sha1)</p:MaskGenerationFunction>"
        let named = "<p:MaskGenerationFunction Algorithm='http://www.w3.org/2007/05/xmldsig-more#MGF1'/>"
        for (content, expected) in [
            ("", RSAPSSParameters(.sha256)),
            ("<p:RSAPSSParams/>", RSAPSSParameters(.sha256)),
            (
                "<p:RSAPSSParams>\(named)<p:SaltLength> 20 </p:SaltLength></p:RSAPSSParams>",
                RSAPSSParameters(.sha256, saltOctetCount: 20)
            ),
            (
                "<p:RSAPSSParams>\(Self.sha512)\(mask)<p:TrailerField>1</p:TrailerField></p:RSAPSSParams>",
                RSAPSSParameters(.sha512, mask: .sha1, saltOctetCount: 64)
            ),
        ] {
            #expect(try Self.read(Self.pss, content) == .rsaPSS(expected), "\(content)")
        }
    }

    @Test(arguments: [
        "<p:RSAPSSParams>\(sha512)</p:RSAPSSParams>",
        "<p:RSAPSSParams><p:TrailerField>2</p:TrailerField></p:RSAPSSParams>",
        "<p:RSAPSSParams><p:SaltLength>-1</p:SaltLength></p:RSAPSSParams>",
        "<p:RSAPSSParams><p:SaltLength>65</p:SaltLength></p:RSAPSSParams>",
        "<p:RSAPSSParams><p:SaltLength>20</p:SaltLength><p:SaltLength>20</p:SaltLength></p:RSAPSSParams>",
        "<p:RSAPSSParams><p:SaltLength>20</p:SaltLength>\(sha1)</p:RSAPSSParams>",
        "<p:RSAPSSParams><p:MaskGenerationFunction Algorithm='urn:mgf2'/></p:RSAPSSParams>",
        "<p:RSAPSSParams><ds:DigestMethod Algorithm='http://www.w3.org/2001/04/xmldsig-more#md5'/></p:RSAPSSParams>",
        "<p:RSAPSSParams/><p:RSAPSSParams/>",
        "<RSAPSSParams/>",
    ])
    func `parameters of RSA-PSS that are odd, doubled or out of order are refused`(_ content: String) {
        #expect(throws: XMLSignatureError.self) { try Self.read(Self.pss, content) }
    }

    @Test func `a truncated HMAC is refused`() throws {
        let uri = SignatureMethod.hmac(.sha256).uri
        let length = { (bits: String) in "<ds:HMACOutputLength>\(bits)</ds:HMACOutputLength>" }
        #expect(try Self.read(uri, length("256")) == .hmac(.sha256))
        for text in [
            length("0"), length("80"), length("128"), length("255"), length("264"), length(""), length("-256"),
            length("256") + length("256"), "<HMACOutputLength>256</HMACOutputLength>",
        ] {
            #expect(throws: XMLSignatureError.self, "\(text)") { try Self.read(uri, text) }
        }
        #expect(throws: XMLSignatureError.self) { try Self.read(SignatureMethod.rsaSHA256.uri, length("256")) }
    }

    @Test func `the method follows from the key`() {
        #expect(SignatureMethod(for: .rsa(bits: 2048), digest: .sha256) == .rsaSHA256)
        #expect(SignatureMethod(for: .rsa(bits: 2048), digest: .sha384, scheme: .pss) == .rsaMGF1(.sha384))
        #expect(SignatureMethod(for: .ec(.p521), digest: .sha512, scheme: .pss) == .ecdsaSHA512)
        #expect(SignatureMethod(for: .ed25519, digest: .sha512) == .ed25519)
        #expect(SignatureMethod(for: .x25519, digest: .sha256) == nil)
    }

    @Test func `what is recommended has neither SHA-1 nor a shared secret`() {
        #expect(
            !SignatureMethod.recommended.contains { method in
                if case .hmac = method.algorithm { true } else { method.algorithm.digest == .sha1 }
            }
        )
        #expect(SignatureMethod.recommended.contains(.ed25519))
    }

    private static func read(_ uri: String, _ content: String = "") throws -> SignatureMethod {
        let text = """
            <ds:SignatureMethod xmlns:ds='http://www.w3.org/2000/09/xmldsig#' \
            xmlns:p='http://www.w3.org/2007/05/xmldsig-more#' Algorithm='\(uri)'>\(content)</ds:SignatureMethod>
            """
        let document = try XMLDocument(scanning: Array(text.utf8))
        return try SignatureMethod(reading: document.root, in: document)
    }
}
