import Cryptography
import WSSecurity
import XML
import XMLSignature

/// Parse, find the signed Body by its id, exclusive canonicalization, SHA-256.
struct XMLWork {
    let input: [UInt8]
    /// The `wsu:Id` of Body.
    let id: String

    /// Looks up the id in a signed message.
    init(signed: [UInt8]) throws {
        input = signed
        let document = try XMLDocument(scanning: signed)
        let body = document.elements(in: document.root).first { document.name(of: $0).localName == "Body" }
        id = body.flatMap { document.attribute("Id", in: Self.utility, of: $0) } ?? ""
    }

    func run() throws { _ = try digest() }

    func digest() throws -> [UInt8] {
        let document = try XMLDocument(scanning: input)
        let index = try ElementIndex(of: document, qualified: [ExpandedName("Id", in: Self.utility)])
        guard let node = index[id] else { throw BenchError("the signed Body has no id") }
        return document.digest(of: node, by: .sha256, as: .exclusive)
    }

    private static let utility =
        "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"
}
