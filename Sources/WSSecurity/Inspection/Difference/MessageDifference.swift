import XML
import XMLSignature

/// Two messages compared part by part in canonical form (exclusive C14N).
package struct MessageDifference: Codable, Hashable, Sendable {
    /// A part of either message.
    package struct Part: Codable, Hashable, Sendable {
        /// How the two compare.
        package enum State: String, Codable, Hashable, Sendable {
            case same
            /// The canonical forms are the same; the comments in it are not.
            case commentsDiffer
            case different
            case onlyInOriginal
            case onlyReceived
        }

        /// `body`, `timestamp`, or the element's name with a number where there are several.
        package let name: String
        /// How the two compare.
        package let state: State
        /// The first difference as an element, text or attribute.
        package let difference: ElementDifference?
        /// The first difference in the canonical forms.
        package let octets: OctetDifference?
    }

    /// The parts: header blocks, the elements of `wsse:Security` one by one, and Body.
    package let parts: [Part]
    /// Whether the header blocks that both have come in another order.
    package let isReordered: Bool

    /// Whether nothing differs that a signature could cover.
    package var isSame: Bool { parts.allSatisfy { $0.state == .same || $0.state == .commentsDiffer } }

    /// Compares; throws `malformedMessage`, naming the one that is no SOAP envelope.
    package init(from original: [UInt8], to received: [UInt8]) throws(SecurityFault) {
        let old = try Self.table(of: original, "the original")
        let new = try Self.table(of: received, "the received message")
        let names =
            old.parts.map(\.name)
            + new.parts.map(\.name)
            .filter { name in
                !old.parts.contains { $0.name == name }
            }
        parts = names.map { name in
            let left = old.parts.first { $0.name == name }?.node
            let right = new.parts.first { $0.name == name }?.node
            return Self.compare(name, left, in: old.document, right, in: new.document)
        }
        let common = { (table: PartTable, other: PartTable) in
            table.parts.map(\.name).filter { name in other.parts.contains { $0.name == name } }
        }
        isReordered = common(old, new) != common(new, old)
    }

    private static func table(of message: [UInt8], _ name: String) throws(SecurityFault) -> PartTable {
        do {
            return try PartTable(of: XMLDocument(message: message, limits: .standard))
        } catch {
            throw SecurityFault(error.code, "\(name): \(error.cause)")
        }
    }

    private static func compare(
        _ name: String,
        _ left: NodeID?,
        in original: XMLDocument,
        _ right: NodeID?,
        in received: XMLDocument
    ) -> Part {
        guard let left else { return Part(name: name, state: .onlyReceived, difference: nil, octets: nil) }
        guard let right else { return Part(name: name, state: .onlyInOriginal, difference: nil, octets: nil) }
        let expected = original.canonicalOctets(of: left, by: .exclusive)
        let actual = received.canonicalOctets(of: right, by: .exclusive)
        guard let octets = OctetDifference(expected: expected, received: actual) else {
            let method = Canonicalization(.exclusive10, withComments: true)
            let isSame =
                original.canonicalOctets(of: left, by: method) == received.canonicalOctets(of: right, by: method)
            return Part(name: name, state: isSame ? .same : .commentsDiffer, difference: nil, octets: nil)
        }
        let difference =
            ElementComparison(original: original, received: received).firstDifference(left, right)
            ?? ElementDifference(
                kind: .namespaces,
                path: original.name(of: left).localName,
                text: "elements, attributes and texts are the same; prefixes or namespace declarations are not"
            )
        return Part(name: name, state: .different, difference: difference, octets: octets)
    }
}

/// The parts of one message by names that are unique in it.
struct PartTable {
    let document: XMLDocument
    private(set) var parts: [(name: String, node: NodeID)] = []

    init(of document: XMLDocument) throws(SecurityFault) {
        self.document = document
        let layout = try EnvelopeLayout(of: document)
        for block in layout.blocks {
            guard document.isNamed(block, "Security", in: WSSNamespace.extension) else {
                add(document.standardName(of: block), block)
                continue
            }
            for child in document.elements(in: block) {
                let isTimestamp = document.isNamed(child, "Timestamp", in: WSSNamespace.utility)
                add(isTimestamp ? MessagePart.timestamp.description : document.standardName(of: child), child)
            }
        }
        add(MessagePart.body.description, layout.body)
    }

    private mutating func add(_ name: String, _ node: NodeID) {
        let count = parts.count { $0.name == name || $0.name.hasPrefix(name + " (") }
        parts.append((count == 0 ? name : "\(name) (\(count + 1))", node))
    }
}
