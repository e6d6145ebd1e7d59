package import Cryptography
package import XML

/// A public key in `ds:KeyInfo`: `ds:KeyValue` (XML Signature 1.1 section 4.5.2) or `dsig11:DEREncodedKeyValue` (4.5.9).
package enum KeyValue {
    /// The key in a `ds:KeyValue` of RSA or EC; throws `malformed` for other and broken ones.
    package static func publicKey(
        inKeyValue node: NodeID,
        of document: XMLDocument
    ) throws(XMLSignatureError) -> PublicKey {
        var children = document.elements(in: node).makeIterator()
        guard let value = children.next(), children.next() == nil else {
            throw .malformed("ds:KeyValue must hold one element")
        }
        if document.isNamed(value, "RSAKeyValue", in: XMLSignatureNamespace.signature) {
            return try rsaKey(value, in: document)
        }
        if document.isNamed(value, "ECKeyValue", in: XMLSignatureNamespace.signature11) {
            return try ecKey(value, in: document)
        }
        throw .malformed("\(document.name(of: value).description.prefix(256)) in ds:KeyValue is not supported")
    }

    /// The key in a `dsig11:DEREncodedKeyValue`.
    package static func publicKey(
        inDEREncodedKeyValue node: NodeID,
        of document: XMLDocument
    ) throws(XMLSignatureError) -> PublicKey {
        let octets = try octets(of: node, in: document)
        return try publicKey(try PublicKey(spki: octets))
    }

    private static func rsaKey(_ node: NodeID, in document: XMLDocument) throws(XMLSignatureError) -> PublicKey {
        let namespace = XMLSignatureNamespace.signature
        var children = document.elements(in: node).makeIterator()
        guard let modulus = children.next(), document.isNamed(modulus, "Modulus", in: namespace),
            let exponent = children.next(), document.isNamed(exponent, "Exponent", in: namespace),
            children.next() == nil
        else { throw .malformed("ds:RSAKeyValue must hold ds:Modulus and ds:Exponent") }
        let numbers = (try octets(of: modulus, in: document), try octets(of: exponent, in: document))
        return try publicKey(try PublicKey(rsaModulus: numbers.0, exponent: numbers.1))
    }

    private static func ecKey(_ node: NodeID, in document: XMLDocument) throws(XMLSignatureError) -> PublicKey {
        let namespace = XMLSignatureNamespace.signature11
        var children = document.elements(in: node).makeIterator()
        guard let named = children.next(), document.isNamed(named, "NamedCurve", in: namespace),
            let point = children.next(), document.isNamed(point, "PublicKey", in: namespace),
            children.next() == nil
        else { throw .malformed("dsig11:ECKeyValue must hold dsig11:NamedCurve and dsig11:PublicKey") }
        let uri = document.attribute("URI", of: named) ?? ""
        guard let curve = EllipticCurve.allCases.first(where: { "urn:oid:" + $0.objectIdentifier == uri }) else {
            throw .malformed("dsig11:NamedCurve \(uri.prefix(128)) is not supported")
        }
        let octets = try octets(of: point, in: document)
        return try publicKey(try PublicKey(point: octets, on: curve))
    }

    private static func publicKey(
        _ key: @autoclosure () throws(CryptographyError) -> PublicKey
    ) throws(XMLSignatureError) -> PublicKey {
        do {
            return try key()
        } catch {
            throw .malformed("the public key in ds:KeyInfo cannot be read: \(error)")
        }
    }

    private static func octets(of node: NodeID, in document: XMLDocument) throws(XMLSignatureError) -> [UInt8] {
        guard let octets = document.base64Octets(of: node), !octets.isEmpty else {
            throw .malformed("\(document.name(of: node).localName) in ds:KeyInfo is not Base64")
        }
        return octets
    }
}
