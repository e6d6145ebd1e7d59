/// The `xml:` attributes that an apex has from above (Canonical XML 1.0 and 1.1 section 2.4).
extension Canonicalizer {
    /// Adds the `xml:` attributes of the ancestors that the apex does not have itself.
    ///
    /// Canonical XML 1.1 inherits `xml:lang` and `xml:space` alone, and joins `xml:base`.
    mutating func inheritAttributes(_ apex: NodeRecord) {
        guard method.algorithm != .exclusive10 else { return }
        var ancestor = Int(apex.parent)
        while ancestor != 0 {
            for index in tape.attributeRange(of: ancestor) where tape.attributes[index].namespace == NameID.xmlNamespace
            {
                let name = tape.attributes[index].name
                if isInherited(name), !hasAttribute(named: name) { order.append(UInt32(index)) }
            }
            ancestor = Int(tape.nodes[ancestor].parent)
        }
        if method.algorithm == .inclusive11 { joinBase(apex) }
    }

    /// Writes the joined `xml:base`.
    mutating func writeJoinedBase() {
        output.write(" xml:base=\"")
        let value = joinedBase
        output.writeNormalisedValue(value.span, 0..<value.count)
        output.write(0x22)
    }

    /// Joins the `xml:base` of the apex with those of the ancestors, all of which are left out; one that comes out empty
    /// is not written.
    private mutating func joinBase(_ apex: NodeRecord) {
        var place: Int?
        for index in 0..<order.count where isBase(Int(order[index])) { place = index }
        var attribute = place.map { order[$0] }
        var joined = attribute.map { tape.value(of: tape.attributes[$0]) }
        var isJoined = false
        var ancestor = Int(apex.parent)
        while ancestor != 0 {
            for index in tape.attributeRange(of: ancestor) where isBase(index) {
                let base = tape.value(of: tape.attributes[index])
                joined = joined.map { BaseReference.join(base, with: $0) } ?? base
                attribute = attribute ?? UInt32(index)
                isJoined = true
            }
            ancestor = Int(tape.nodes[ancestor].parent)
        }
        guard isJoined, let attribute, let joined else { return }
        if joined.isEmpty {
            if let place { remove(at: place) }
        } else {
            if place == nil { order.append(attribute) }
            joinedAttribute = attribute
            joinedBase = Array(joined.utf8)
        }
    }

    private mutating func remove(at place: Int) {
        order[place] = order[order.count - 1]
        order.truncate(to: order.count - 1)
    }

    private func isBase(_ index: Int) -> Bool {
        let attribute = tape.attributes[index]
        return attribute.namespace == NameID.xmlNamespace
            && tape.names.matches(tape.names.localName(of: attribute.name), "base")
    }

    private func isInherited(_ name: UInt32) -> Bool {
        guard method.algorithm == .inclusive11 else { return true }
        let localName = tape.names.localName(of: name)
        return tape.names.matches(localName, "lang") || tape.names.matches(localName, "space")
    }

    /// Only the prefix `xml` can be bound to its namespace, so equal names are equal qualified names.
    private func hasAttribute(named name: UInt32) -> Bool {
        for index in 0..<order.count where tape.attributes[order[index]].name == name { return true }
        return false
    }
}
