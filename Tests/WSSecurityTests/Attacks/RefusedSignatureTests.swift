import Cryptography
import TestSupport
import Testing
import WSSecurity
import XML
import XMLSignature

@Suite("The forgeries of xml-crypto's tests are refused")
struct RefusedSignatureTests {
    /// Verifies the first signature of a file; it gets a KeyInfo where it has none, which is not signed.
    private static func verify(_ file: String, _ key: String) throws {
        let text = String(decoding: try Vectors.octets("xml-crypto/" + file), as: UTF8.self)
        let keyInfo = text.contains("KeyInfo>") ? "" : "<KeyInfo><KeyName>client</KeyName></KeyInfo>"
        let document = try XMLDocument(scanning: Array(text.inserting(keyInfo, before: "</Signature>").utf8))
        let key = try PublicKey(spki: Vectors.octets("xml-crypto/" + key))
        let elements = try ElementIndex(
            of: document,
            qualified: [ExpandedName("Id", in: WSSNamespace.utility)]
        )
        let node = try #require(
            document.descendants(of: document.root)
                .first { document.isNamed($0, "Signature", in: XMLSignatureNamespace.signature) }
        )
        let limits = SignatureLimits(referenceCount: 24, inclusivePrefixCount: 64)
        _ = try Signature(reading: node, in: document, limits: limits)
            .verify(with: key, in: document, elements: elements)
    }

    @Test("while one that is valid verifies")
    func valid() throws {
        try Self.verify("valid_saml.xml", "feide_public.spki")
    }

    @Test(
        "wrong digests, values, references and content, over relative namespace URIs besides",
        arguments: [
            "changed content", "hash", "non existing reference", "signature value", "wsu - changed content",
            "wsu - hash",
            "wsu - invalid signature value", "wsu - non existing reference",
        ]
    )
    func broken(_ name: String) throws {
        #expect(throws: XMLSignatureError.self) {
            try Self.verify("invalid_signature - \(name).xml", "client_public.spki")
        }
    }

    @Test("no SignedInfo, two of them, one in a wrapper: not read at all")
    func signedInfo() throws {
        for name in ["invalid_saml_no_signed_info", "saml_multiple_signed_info_nodes", "saml_wrapped_signed_info_node"]
        {
            #expect {
                try Self.verify(name + ".xml", "feide_public.spki")
            } throws: { error in
                if case XMLSignatureError.malformed = error { true } else { false }
            }
        }
    }

    @Test("a digest that stands in a comment is not the digest (CVE-2025-29775)")
    func digestComment() throws {
        #expect(throws: XMLSignatureError.self) {
            try Self.verify("valid_saml_with_digest_comment.xml", "feide_public.spki")
        }
    }

    @Test("RSA-PSS over another content")
    func probabilistic() throws {
        #expect(throws: XMLSignatureError.self) {
            try Self.verify("invalid_saml_sha256_rsa_mgf1.xml", "idp.spki")
        }
    }
}
