/// What a side cannot do: every message that has one of the values of each option.
struct Limit: Sendable {
    let conditions: [(option: Option, values: Set<String>)]
    let reason: String
    /// Whether it fails each time: then it is tried.
    let isCertain: Bool

    init(_ option: Option, _ values: Set<String>, _ reason: String, isCertain: Bool = true) {
        conditions = [(option, values)]
        self.reason = reason
        self.isCertain = isCertain
    }

    init(_ conditions: [(Option, Set<String>)], _ reason: String) {
        self.conditions = conditions.map { (option: $0.0, values: $0.1) }
        self.reason = reason
        isCertain = true
    }

    /// Whether the values that are chosen meet every condition.
    func forbids(_ cell: Cell) -> Bool {
        conditions.allSatisfy { cell.holds($0.option, $0.values) }
    }

    /// Whether no message with that value is possible.
    func forbids(_ option: Option, _ value: String) -> Bool {
        conditions.count == 1 && conditions[0].option == option && conditions[0].values.contains(value)
    }

    /// A message for each value that the limit names, the other options as usual: what the side is expected to fail on.
    var probes: [Cell] {
        guard isCertain, let varied = conditions.first else { return [] }
        return varied.values.sorted()
            .compactMap { value in
                let family = Family.allCases.first { family in
                    family.has(varied.option, value)
                        && conditions.dropFirst()
                            .allSatisfy { condition in
                                family.options.contains { $0.option == condition.option }
                            }
                }
                return family.flatMap { probe($0, varied.option, value) }
            }
    }

    private func probe(_ family: Family, _ option: Option, _ value: String) -> Cell? {
        var cell = Cell(family)
        for (option, values) in family.options {
            cell[option] = values.contains(option.usual) ? option.usual : values[0]
        }
        cell[option] = value
        for condition in conditions.dropFirst() {
            guard let other = condition.values.sorted().first else { return nil }
            cell[condition.option] = other
        }
        return family.allows(cell) ? cell : nil
    }
}
