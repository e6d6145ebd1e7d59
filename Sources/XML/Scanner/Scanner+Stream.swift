/// Scanning a document piece by piece.
extension Scanner {
    /// Reads what is whole in `input`, which goes on unless it is the last piece; `position` is where the next begins.
    mutating func scanPiece(_ input: Span<UInt8>, isLast: Bool) throws(XMLError) {
        let textEnd = isLast ? input.count : input.safeTextEnd
        let markupEnd = isLast ? input.count : input.last(0x3E) + 1
        while position < input.count {
            if isInCharacterData || isAtCharacterData(input) {
                guard try scanCharacterDataPiece(input.extracting(0..<textEnd), isLast: isLast) else { return }
            } else if input[position] == 0x3C {
                guard position < markupEnd, try scanWholeMarkup(input, isLast: isLast) else { return }
            } else if open.count == 1 {
                try skipSpaceOutsideDocumentElement(input)
            } else {
                guard position < textEnd else { return }
                try scanText(input.extracting(0..<textEnd))
            }
        }
    }

    /// Reads markup; false when the piece ends within it, and then nothing has changed.
    private mutating func scanWholeMarkup(_ input: Span<UInt8>, isLast: Bool) throws(XMLError) -> Bool {
        let start = position
        let nodeCount = tables.nodes.count
        let attributeCount = tables.attributes.count
        let outer = OpenElement(node: 0, outerScope: scope, outerBindingCount: bindingCount)
        do throws(XMLError) {
            try scanMarkup(input)
            return true
        } catch {
            guard !isLast, !input.holdsMarkup(at: start) else { throw error }
            leaveScope(of: outer)
            tables.nodes.truncate(to: nodeCount)
            tables.attributes.truncate(to: attributeCount)
            xmlDeclaredAt = 0
            position = start
            return false
        }
    }

    private func isAtCharacterData(_ input: Span<UInt8>) -> Bool {
        open.count > 1 && input[position] == 0x3C && input.hasText("<![CDATA[", at: position)
    }

    /// Reads a CDATA section as far as the piece has it; false when nothing more can be read.
    private mutating func scanCharacterDataPiece(_ input: Span<UInt8>, isLast: Bool) throws(XMLError) -> Bool {
        let start = position
        guard start < input.count else { return false }
        if !isInCharacterData {
            guard start + 9 <= input.count else { return false }
            position += 9
            isInCharacterData = true
        }
        let content = position
        var isClean = true
        var end = input.count
        while true {
            position = input.textSpecial(from: position, to: input.count)
            guard position < input.count else { break }
            if input[position] == 0x3E, endsSection(input, since: content) {
                end = position - 2
                isInCharacterData = false
                position += 1
                break
            }
            isClean = false
            position += 1
        }
        if isInCharacterData, isLast { throw XMLError(.unexpectedEnd(.characterData), at: input.count) }
        let flags: NodeRecord.Flags = isClean ? [.characterData, .clean] : .characterData
        guard !isInCharacterData || end > content else { return false }
        try addText(start: start, content: content..<end, flags: flags)
        return !isInCharacterData
    }

    /// Lets go of everything but the open elements and the declarations in scope; positions begin anew.
    mutating func compact() {
        position = 0
        xmlDeclaredAt = 0
        compactBindings()
        droppedNodeCount += tables.nodes.count - open.count
        for level in 0..<open.count {
            var element = open[level]
            var node = tables.nodes[element.node]
            node.parent = UInt32(max(0, level - 1))
            node.next = 0
            node.attributeCount = 0
            tables.nodes[level] = node
            element.node = UInt32(level)
            element.lastChild = 0
            open[level] = element
        }
        tables.nodes.truncate(to: open.count)
        tables.attributes.truncate(to: 0)
    }

    private mutating func compactBindings() {
        var chain: [UInt32] = []
        var place = scope
        while place != 0 {
            chain.append(place)
            place = tables.bindings[place].outer
        }
        guard tables.bindings.count > chain.count + 1 else { return }
        chain.reverse()
        var places: [UInt32: UInt32] = [0: 0]
        for (index, old) in chain.enumerated() {
            let new = UInt32(index + 1)
            places[old] = new
            var binding = tables.bindings[old]
            binding.outer = new - 1
            binding.hidden = places[binding.hidden] ?? 0
            tables.bindings[new] = binding
            tables.names.records[binding.prefix].binding = new
        }
        tables.bindings.truncate(to: chain.count + 1)
        scope = places[scope] ?? 1
        for level in 0..<open.count {
            let node = open[level].node
            open[level].outerScope = places[open[level].outerScope] ?? 1
            tables.nodes[node].scope = places[tables.nodes[node].scope] ?? 1
        }
    }
}
