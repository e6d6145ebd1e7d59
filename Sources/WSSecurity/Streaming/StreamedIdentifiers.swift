import XML

/// The ids of a message that goes by, under the rules of `ElementIndex`, as keyed hashes.
struct StreamedIdentifiers {
    /// By hash of the id, the number of the element that carries it, and in the lowest bit whether it is a security element.
    private var carriers: [Int: Int] = [:]
    private let limit: Int
    /// The hashes of ids that several elements carry.
    private var shared: Set<Int> = []
    /// The first id that a security element does not carry alone.
    private(set) var duplicate: String?
    /// The first id of a security element that is no `NCName`.
    private(set) var foreign: String?
    private(set) var isFull = false

    init(limit: Int) { self.limit = limit }

    /// Notes an id of the element with that number.
    mutating func note(_ id: String, of element: Int, isSecurity: Bool) {
        guard carriers.count < limit else { return isFull = true }
        if isSecurity, foreign == nil, !id.isNCName { foreign = id }
        let carrier = element << 1 | (isSecurity ? 1 : 0)
        guard let other = carriers.updateValue(carrier, forKey: id.hashValue) else { return }
        let isShared = other >> 1 != element
        if isShared { shared.insert(id.hashValue) }
        if other & carrier & 1 == 1 || isShared && (other | carrier) & 1 == 1 { duplicate = duplicate ?? id }
    }

    /// Whether several elements carry the id.
    func isAmbiguous(_ id: String) -> Bool { shared.contains(id.hashValue) }

    /// Whether some element carries the id.
    func contains(_ id: String) -> Bool { carriers[id.hashValue] != nil }
}
