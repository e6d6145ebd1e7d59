/// Steps that are becoming a plan: nodes of a graph whose edges say what comes before what.
struct StepGraph {
    /// One act.
    struct Node {
        /// What tells it from others: steps of several tracks with the same key are one act.
        let key: String
        let template: StepTemplate
        let by: Party
        let to: Party?
        /// The tracks it belongs to, as indices of the plan's.
        var tracks: [Int]
        var flows: [String]
        /// The nodes that come right before it.
        var before: [Int] = []
    }

    private(set) var nodes: [Node] = []

    func index(of key: String) -> Int? { nodes.firstIndex { $0.key == key } }

    /// Nothing comes after these.
    var leaves: [Int] {
        nodes.indices.filter { index in !nodes.contains { $0.before.contains(index) } }
    }

    /// Adds a node and returns its index.
    mutating func add(_ node: Node) -> Int {
        nodes.append(node)
        return nodes.count - 1
    }

    /// Makes a node the act of one more track.
    mutating func join(_ track: Int, on flows: [String], to node: Int) {
        if !nodes[node].tracks.contains(track) { nodes[node].tracks.append(track) }
        nodes[node].flows = Set(nodes[node].flows + flows).sorted()
    }

    mutating func link(_ earlier: Int, before later: Int) {
        if !nodes[later].before.contains(earlier) { nodes[later].before.append(earlier) }
    }

    /// Whether `earlier` comes before `later` by the edges so far.
    func precedes(_ earlier: Int, _ later: Int) -> Bool {
        var pending = [later]
        var seen: Set<Int> = []
        while let node = pending.popLast() {
            guard seen.insert(node).inserted else { continue }
            if nodes[node].before.contains(earlier) { return true }
            pending += nodes[node].before
        }
        return false
    }

    /// The planned steps, in an order that respects what comes before what.
    func steps() -> [PlannedStep] {
        let order = order()
        let names = names(order)
        return order.map { index in
            let node = nodes[index]
            return PlannedStep(
                id: names[index] ?? StepID(rawValue: node.key),
                kind: node.template.kind,
                by: node.by,
                to: node.to,
                title: node.template.title,
                needs: node.template.needs,
                offers: node.template.offers,
                entry: node.template.entry,
                proof: node.template.proof,
                opensAfter: node.before.sorted().compactMap { names[$0] },
                tracks: node.tracks,
                flows: node.flows
            )
        }
    }

    /// The nodes, each after those before it, otherwise in the order in which they were added.
    private func order() -> [Int] {
        var order: [Int] = []
        while order.count < nodes.count {
            let next = nodes.indices.first { node in
                !order.contains(node) && nodes[node].before.allSatisfy(order.contains)
            }
            guard let next else { break }
            order.append(next)
        }
        return order
    }

    private func names(_ order: [Int]) -> [Int: StepID] {
        var names: [Int: StepID] = [:]
        for (position, index) in order.enumerated() {
            names[index] = StepID(rawValue: "\(position + 1)-\(nodes[index].template.kind.slug)")
        }
        return names
    }
}
