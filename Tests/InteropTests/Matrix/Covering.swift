/// Messages of a family in which every two values that go together occur together at least once.
struct Covering {
    private struct Pair: Hashable {
        let first: Option
        let firstValue: String
        let second: Option
        let secondValue: String
    }

    let family: Family
    private let options: [(option: Option, values: [String])]
    private let limits: [Limit]

    /// Leaves out the values that a limit forbids altogether.
    init(_ family: Family, limits: [Limit]) {
        self.family = family
        self.limits = limits
        options = family.options.map { option, values in
            (option, values.filter { value in !limits.contains { $0.forbids(option, value) } })
        }
    }

    /// The cells, the same at every call: each begins with the first pair that is not covered yet, then takes for each
    /// option in turn the value that covers most.
    func cells() -> [Cell] {
        guard options.allSatisfy({ !$0.values.isEmpty }) else { return [] }
        var pending = pairs()
        var waiting = Set(pending)
        var cells: [Cell] = []
        while let pair = pending.first(where: waiting.contains) {
            var cell = Cell(family, [pair.first: pair.firstValue, pair.second: pair.secondValue])
            if complete(&cell, covering: waiting) {
                cells.append(cell)
                waiting.subtract(self.pairs(of: cell))
            }
            waiting.remove(pair)
            pending.removeAll { !waiting.contains($0) }
        }
        return cells
    }

    private func complete(_ cell: inout Cell, covering waiting: Set<Pair>) -> Bool {
        guard allows(cell) else { return false }
        for (option, values) in options where cell.values[option] == nil {
            let candidates =
                values.map { value in
                    var next = cell
                    next[option] = value
                    return next
                }
                .filter(allows)
            let gains = candidates.map { candidate in pairs(of: candidate).count(where: waiting.contains) }
            guard let best = gains.max(), let index = gains.firstIndex(of: best) else { return false }
            cell = candidates[index]
        }
        return true
    }

    private func allows(_ cell: Cell) -> Bool {
        family.allows(cell) && !limits.contains { $0.forbids(cell) }
    }

    private func pairs() -> [Pair] {
        options.indices.flatMap { first in
            options.indices.dropFirst(first + 1)
                .flatMap { second in
                    options[first].values
                        .flatMap { firstValue in
                            options[second].values
                                .map { secondValue in
                                    Pair(
                                        first: options[first].option,
                                        firstValue: firstValue,
                                        second: options[second].option,
                                        secondValue: secondValue
                                    )
                                }
                        }
                }
        }
    }

    private func pairs(of cell: Cell) -> Set<Pair> {
        let chosen = options.compactMap { option, _ in cell.values[option].map { (option: option, value: $0) } }
        var pairs: Set<Pair> = []
        for (index, first) in chosen.enumerated() {
            for second in chosen.dropFirst(index + 1) {
                pairs.insert(
                    Pair(
                        first: first.option,
                        firstValue: first.value,
                        second: second.option,
                        secondValue: second.value
                    )
                )
            }
        }
        return pairs
    }
}
