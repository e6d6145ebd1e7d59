/// What came of every cell with one peer, in one direction.
struct DirectionRecord: Sendable {
    enum Direction: String, CaseIterable, Sendable {
        case toPeer
        case fromPeer
    }

    let stack: ForeignStack
    let direction: Direction
    let cells: [Cell]
    /// What went wrong, cell by cell.
    let reasons: [String?]
    let peerLimits: [Limit]
    let rekeyLimits: [Limit]
    /// Cells that the peer is said to be unable to do, and yet did.
    let surprises: [Cell]

    /// Runs every cell of the direction, and every one that the peer is said to be unable to do.
    static func made(_ direction: Direction, on workbench: Workbench) async throws -> DirectionRecord {
        let stack = workbench.stack
        let peerLimits = direction == .toPeer ? stack.readingLimits : stack.writingLimits
        let rekeyLimits = direction == .toPeer ? RekeyLimits.writing : RekeyLimits.reading
        let limits = peerLimits + rekeyLimits
        let cells = Family.allCases.flatMap { Covering($0, limits: limits).cells() }
        let probes = peerLimits.flatMap(\.probes).filter { probe in !rekeyLimits.contains { $0.forbids(probe) } }
        let all = cells + probes
        let reasons =
            switch direction {
            case .toPeer: try await workbench.peerProcesses(all)
            case .fromPeer: try await workbench.rekeyProcesses(all)
            }
        return DirectionRecord(
            stack: stack,
            direction: direction,
            cells: cells,
            reasons: Array(reasons.prefix(cells.count)),
            peerLimits: peerLimits,
            rekeyLimits: rekeyLimits,
            surprises: zip(probes, reasons.dropFirst(cells.count)).filter { $0.1 == nil }.map(\.0)
        )
    }

    var title: String {
        direction == .toPeer ? "Rekey writes, \(stack.title) reads" : "\(stack.title) writes, Rekey reads"
    }
}

/// Both directions of a peer; each peer is run once in a process.
struct PeerRecord: Sendable {
    let directions: [DirectionRecord]

    static func of(_ stack: ForeignStack) async throws -> PeerRecord {
        try await tasks[stack, default: Task { PeerRecord(directions: []) }].value
    }

    private static let tasks: [ForeignStack: Task<PeerRecord, any Error>] = Dictionary(
        uniqueKeysWithValues: ForeignStack.allCases.map { stack in
            (stack, Task { try await made(stack) })
        }
    )

    private static func made(_ stack: ForeignStack) async throws -> PeerRecord {
        let workbench = try Workbench(stack)
        var directions: [DirectionRecord] = []
        for direction in DirectionRecord.Direction.allCases {
            directions.append(try await DirectionRecord.made(direction, on: workbench))
        }
        return PeerRecord(directions: directions)
    }
}
