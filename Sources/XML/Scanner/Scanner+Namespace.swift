extension Scanner {
    /// Brings a declaration into scope (Namespaces in XML 1.0 sections 3 and 5).
    mutating func declare(
        _ prefix: UInt32,
        _ input: Span<UInt8>,
        _ value: Range<Int>,
        isClean: Bool,
        at start: Int,
        firstBinding: Int
    ) throws(XMLError) {
        let namespace = try internNamespace(input, value, isClean: isClean)
        try checkReserved(prefix, namespace, at: start)
        if prefix == NameID.xml { return try noteXML(at: start) }
        if namespace == NameID.empty, prefix != NameID.empty {
            throw XMLError(.emptyNamespace(prefix: tables.names.messageText(prefix)), at: start)
        }
        let hidden = tables.names.records[prefix].binding
        guard Int(hidden) < firstBinding else {
            throw XMLError(.duplicateAttribute(declarationName(prefix)), at: start)
        }
        guard bindingCount < limits.namespaceBindings else {
            throw XMLError(.limitExceeded(.namespaceBindings, limits.namespaceBindings), at: start)
        }
        tables.bindings.append(BindingRecord(prefix: prefix, namespace: namespace, outer: scope, hidden: hidden))
        scope = UInt32(tables.bindings.count - 1)
        tables.names.records[prefix].binding = scope
        bindingCount += 1
    }

    /// Takes the declarations of an element out of scope again.
    @inline(__always)
    mutating func leaveScope(of element: OpenElement) {
        while scope != element.outerScope {
            let binding = tables.bindings[scope]
            tables.names.records[binding.prefix].binding = binding.hidden
            scope = binding.outer
        }
        bindingCount = element.outerBindingCount
    }

    /// The namespace of an element name.
    @inline(__always)
    mutating func namespace(ofElement name: UInt32, at offset: Int) throws(XMLError) -> UInt32 {
        let prefix = tables.names.records[name].prefix
        let binding = tables.names.records[prefix].binding
        if binding == 0, prefix != NameID.empty { throw unbound(prefix, at: offset) }
        return tables.bindings[binding].namespace
    }

    /// Finds the namespaces of an element's attributes, and two of one expanded name.
    mutating func resolveAttributes(from first: Int, of element: UInt32) throws(XMLError) {
        let isFew = tables.attributes.count - first <= 8
        let number = UInt32(truncatingIfNeeded: droppedNodeCount) &+ element
        for index in first..<tables.attributes.count {
            let attribute = tables.attributes[index]
            let record = tables.names.records[attribute.name]
            var namespace = NameID.empty
            if record.prefix != NameID.empty {
                let binding = tables.names.records[record.prefix].binding
                guard binding != 0 else { throw unbound(record.prefix, at: Int(attribute.start)) }
                namespace = tables.bindings[binding].namespace
                tables.attributes[index].namespace = namespace
            }
            let isNew =
                isFew
                ? isNew(index, after: first, record.localName, namespace)
                : marks.note(namespace: namespace, localName: record.localName, at: number)
            if !isNew {
                throw XMLError(.duplicateAttribute(tables.names.messageText(attribute.name)), at: Int(attribute.start))
            }
        }
    }

    /// Whether no attribute from `first` to before `index` has the expanded name; for a few this is quicker than marks.
    @inline(__always)
    private func isNew(_ index: Int, after first: Int, _ localName: UInt32, _ namespace: UInt32) -> Bool {
        for earlier in first..<index {
            let attribute = tables.attributes[earlier]
            if attribute.namespace == namespace, tables.names.localName(of: attribute.name) == localName {
                return false
            }
        }
        return true
    }

    /// The constraints on `xml`, `xmlns` and their namespaces.
    private func checkReserved(_ prefix: UInt32, _ namespace: UInt32, at start: Int) throws(XMLError) {
        let isXML = prefix == NameID.xml && namespace == NameID.xmlNamespace
        let isOther =
            prefix != NameID.xml && prefix != NameID.xmlns && namespace != NameID.xmlNamespace
            && namespace != NameID.xmlnsNamespace
        guard isXML || isOther else { throw XMLError(.reservedPrefix(tables.names.messageText(prefix)), at: start) }
    }

    /// Declaring `xml` as what it is changes nothing, but not twice in one tag.
    private mutating func noteXML(at start: Int) throws(XMLError) {
        guard xmlDeclaredAt != tables.nodes.count else {
            throw XMLError(.duplicateAttribute(declarationName(NameID.xml)), at: start)
        }
        xmlDeclaredAt = tables.nodes.count
    }

    private mutating func internNamespace(
        _ input: Span<UInt8>,
        _ value: Range<Int>,
        isClean: Bool
    ) throws(XMLError) -> UInt32 {
        if isClean { return try intern(input, value) }
        var octets: [UInt8] = []
        CharacterContent.append(input, value, as: .attributeValue, to: &octets)
        guard octets.count <= limits.nameOctetCount else {
            throw XMLError(.limitExceeded(.nameOctetCount, limits.nameOctetCount), at: value.lowerBound)
        }
        return try intern(octets.span, 0..<octets.count)
    }

    private func unbound(_ prefix: UInt32, at offset: Int) -> XMLError {
        let isReserved = prefix == NameID.xmlns
        return XMLError(
            isReserved ? .reservedPrefix("xmlns") : .unboundPrefix(tables.names.messageText(prefix)),
            at: offset
        )
    }

    private func declarationName(_ prefix: UInt32) -> String {
        prefix == NameID.empty ? "xmlns" : "xmlns:\(tables.names.messageText(prefix))"
    }
}
