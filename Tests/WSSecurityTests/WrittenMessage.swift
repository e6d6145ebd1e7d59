import Cryptography
import XML
import XMLSignature

/// A protected message, for its structure to be asserted.
struct WrittenMessage {
    let document: XMLDocument
    let header: NodeID

    init(_ octets: [UInt8]) throws {
        document = try XMLDocument(scanning: octets)
        let wsse = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"
        struct Missing: Error {}
        guard
            let found = document.descendants(of: document.root)
                .first(where: { [document] in document.isNamed($0, "Security", in: wsse) })
        else { throw Missing() }
        header = found
    }

    /// The local names of the Security header's children.
    var children: [String] { document.elements(in: header).map { document.name(of: $0).localName } }

    /// Every element of that local name, in document order.
    func all(_ localName: String) -> [NodeID] {
        document.descendants(of: document.root).filter { document.name(of: $0).localName == localName }
    }

    /// The first element of that local name.
    func first(_ localName: String) -> NodeID? { all(localName).first }

    /// The local names from the document element down to `node`.
    func path(of node: NodeID) -> [String] {
        var names: [String] = []
        var next: NodeID? = node
        while let node = next, node != .document {
            names.append(document.name(of: node).localName)
            next = document.parent(of: node)
        }
        return names.reversed()
    }

    func attribute(_ name: String, of node: NodeID?) -> String? { node.flatMap { document.attribute(name, of: $0) } }

    func text(of localName: String) -> String? { first(localName).map(document.text(of:)) }

    func octets(of localName: String) -> [UInt8]? { text(of: localName).flatMap { Base64.decode($0) } }

    /// The child elements' local names of the first element of that local name.
    func children(of localName: String) -> [String] {
        first(localName).map { document.elements(in: $0).map { document.name(of: $0).localName } } ?? []
    }

    /// The `URI` of every `ds:Reference` of the signature with that number.
    func references(ofSignature number: Int = 0) -> [String] {
        let signatures = all("Signature")
        guard signatures.indices.contains(number) else { return [] }
        return document.descendants(of: signatures[number])
            .filter { document.isNamed($0, "Reference", in: XMLSignatureNamespace.signature) }
            .map { document.attribute("URI", of: $0) ?? "" }
    }

    /// The local names of the elements that the references of the signature with that number lead to.
    func targets(ofSignature number: Int = 0) -> [String] {
        let wsu = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"
        return references(ofSignature: number)
            .map { uri in
                let id = String(uri.dropFirst())
                let node = document.descendants(of: document.root)
                    .first {
                        document.attribute("Id", in: wsu, of: $0) == id || document.attribute("Id", of: $0) == id
                            || document.attribute("ID", of: $0) == id || document.attribute("AssertionID", of: $0) == id
                    }
                return node.map { document.name(of: $0).localName } ?? "?"
            }
    }
}
