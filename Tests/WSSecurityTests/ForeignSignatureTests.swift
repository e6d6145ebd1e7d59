import Cryptography
import TestSupport
import Testing
import XML
import XMLSignature

/// Signature values of other stacks over their SignedInfo; see `Tests/Vectors/xmldsig`.
@Suite struct ForeignSignatureTests {
    @Test func `RSA-PSS of xml-crypto verifies`() throws {
        let signature = try ForeignSignature("xmldsig/rsa-mgf1-sha256.xml")
        #expect(signature.method == .rsaMGF1(.sha256))
        let der = try #require(Base64.decode(signature.text("X509Certificate")))
        let key = try Certificate(der: der).publicKey
        try signature.check { key.verify($0, over: $1, by: signature.method.algorithm) }
    }

    @Test func `Ed25519 of xmlsec1 verifies`() throws {
        let signature = try ForeignSignature("xmldsig/ed25519-der-encoded-key-value.xml")
        #expect(signature.method == .ed25519)
        let spki = try #require(
            Base64.decode(signature.text("DEREncodedKeyValue", in: XMLSignatureNamespace.signature11))
        )
        let key = try PublicKey(spki: spki)
        try signature.check { key.verify($0, over: $1, by: signature.method.algorithm) }
    }

    @Test(arguments: [
        ("hmac-sha1", DigestAlgorithm.sha1), ("hmac-sha256", .sha256), ("hmac-sha384", .sha384),
        ("hmac-sha512", .sha512),
    ])
    func `HMAC of .NET verifies`(_ name: String, _ digest: DigestAlgorithm) throws {
        let signature = try ForeignSignature("xmldsig/\(name).xml")
        #expect(signature.method == .hmac(digest))
        let key = try SecretKey(copying: Vectors.octets("xmldsig/\(name).secret"))
        try signature.check { key.verify($0, over: $1, by: digest) }
    }
}

/// A `ds:Signature` somewhere in a document.
private struct ForeignSignature {
    let document: XMLDocument
    let method: SignatureMethod
    private let canonical: [UInt8]
    private let value: [UInt8]

    init(_ path: String) throws {
        let document = try XMLDocument(scanning: Vectors.octets(path))
        let info = try #require(document.first("SignedInfo", in: XMLSignatureNamespace.signature))
        let canonicalization = try #require(
            document.first("CanonicalizationMethod", in: XMLSignatureNamespace.signature)
        )
        let uri = try #require(document.attribute("Algorithm", of: canonicalization))
        let method = try #require(document.first("SignatureMethod", in: XMLSignatureNamespace.signature))
        self.method = try SignatureMethod(reading: method, in: document)
        var octets: [UInt8] = []
        document.canonicalize(info, by: try #require(Canonicalization(uri: uri))) { chunk in
            for index in chunk.indices { octets.append(chunk[index]) }
        }
        canonical = octets
        self.document = document
        let node = try #require(document.first("SignatureValue", in: XMLSignatureNamespace.signature))
        value = try #require(Base64.decode(document.text(of: node)))
    }

    func text(_ name: String, in namespace: String = XMLSignatureNamespace.signature) throws -> String {
        document.text(of: try #require(document.first(name, in: namespace)))
    }

    func check(_ verify: (_ signature: [UInt8], _ octets: [UInt8]) -> Bool) throws {
        #expect(verify(value, canonical))
        var changed = canonical
        changed[canonical.count / 2] ^= 1
        #expect(!verify(value, changed))
    }
}

extension XMLDocument {
    fileprivate func first(_ name: String, in namespace: String, below node: NodeID? = nil) -> NodeID? {
        let node = node ?? root
        if isNamed(node, name, in: namespace) { return node }
        for child in elements(in: node) {
            if let found = first(name, in: namespace, below: child) { return found }
        }
        return nil
    }
}
