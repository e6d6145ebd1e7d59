/// The `xml:` attributes that an apex has from above (Canonical XML 1.0 and 1.1 section 2.4).
extension Canonicalizer {
    /// Adds the `xml:` attributes of the ancestors that the apex does not have itself.
    ///
    /// Canonical XML 1.1 inherits `xml:lang` and `xml:space` alone, and joins `xml:base`.
    mutating func inheritAttributes(_ apex: NodeRecord, _ tables: borrowing Tables, _ input: Span<UInt8>) {
        guard method.algorithm != .exclusive10 else { return }
        var ancestor = Int(apex.parent)
        while ancestor != 0 {
            for index in tables.attributeRange(of: ancestor)
            where tables.attributes[index].namespace == NameID.xmlNamespace {
                let name = tables.attributes[index].name
                if isInherited(name, tables), !hasAttribute(named: name, tables) { order.append(UInt32(index)) }
            }
            ancestor = Int(tables.nodes[ancestor].parent)
        }
        if method.algorithm == .inclusive11 { joinBase(apex, tables, input) }
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
    private mutating func joinBase(_ apex: NodeRecord, _ tables: borrowing Tables, _ input: Span<UInt8>) {
        var place: Int?
        for index in 0..<order.count where isBase(Int(order[index]), tables) { place = index }
        var attribute = place.map { order[$0] }
        var joined = attribute.map { tables.value(of: tables.attributes[$0], input) }
        var isJoined = false
        var ancestor = Int(apex.parent)
        while ancestor != 0 {
            for index in tables.attributeRange(of: ancestor) where isBase(index, tables) {
                let base = tables.value(of: tables.attributes[index], input)
                joined = joined.map { BaseReference.join(base, with: $0) } ?? base
                attribute = attribute ?? UInt32(index)
                isJoined = true
            }
            ancestor = Int(tables.nodes[ancestor].parent)
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

    private func isBase(_ index: Int, _ tables: borrowing Tables) -> Bool {
        let attribute = tables.attributes[index]
        return attribute.namespace == NameID.xmlNamespace
            && tables.names.matches(tables.names.localName(of: attribute.name), "base")
    }

    private func isInherited(_ name: UInt32, _ tables: borrowing Tables) -> Bool {
        guard method.algorithm == .inclusive11 else { return true }
        let localName = tables.names.localName(of: name)
        return tables.names.matches(localName, "lang") || tables.names.matches(localName, "space")
    }

    /// Only the prefix `xml` can be bound to its namespace, so equal names are equal qualified names.
    private func hasAttribute(named name: UInt32, _ tables: borrowing Tables) -> Bool {
        for index in 0..<order.count where tables.attributes[order[index]].name == name { return true }
        return false
    }
}
