import Foundation

/// The run: one process a stack, all on one core, their rounds alternating.
final class Campaign {
    static let octetCounts = [2 << 10, 20 << 10, 1 << 20, 10 << 20]

    /// The sizes of the stream, which is there for the largest.
    static let streamedOctetCounts = octetCounts + [100 << 20]

    private let options: Options
    private let commands: StackCommands
    private let folder: String
    private var servers: [String: ServerProcess] = [:]
    private var series: [Cell: Series] = [:]
    private var missing: Set<Cell> = []
    private var peaks: [Cell: Int] = [:]

    init(options: Options, commands: StackCommands, folder: String) {
        self.options = options
        self.commands = commands
        self.folder = folder
    }

    func run() throws -> Report {
        try writeMessages()
        try start()
        for stack in servers.keys where StackCommands.needsWarmUp(stack) { try warmUp(stack) }
        for octetCount in octetCounts {
            for operation in operations { try measure(operation, octetCount) }
        }
        for server in servers.values { server.stop() }
        try measurePeaks()
        return report()
    }

    /// The plain messages and the keys, where every stack looks for them.
    private func writeMessages() throws {
        _ = try KeyFiles(folder: folder, now: Date())
        for octetCount in octetCounts {
            let file = URL(filePath: "\(folder)/order-\(octetCount).xml")
            try Data(OrderMessage.octets(octetCount)).write(to: file)
        }
    }

    private var isStreaming: Bool { options.stack == StreamStack.name }

    private var octetCounts: [Int] { isStreaming ? Self.streamedOctetCounts : Self.octetCounts }

    private var operations: [Operation] { isStreaming ? Operation.messageOperations : Operation.allCases }

    private var stacks: [String] {
        ["rekey", "limit", "rsa"] + (isStreaming ? [StreamStack.name] : StackCommands.foreign)
    }

    private func cells(_ operation: Operation, _ octetCount: Int) -> [Cell] {
        stacks.map { Cell(operation: operation, octetCount: octetCount, stack: $0) }
            .filter { $0.stack == "rsa" ? octetCount == octetCounts[0] : options.wants($0) }
    }

    private func start() throws {
        for stack in stacks where options.stack == nil || ["rekey", "limit", "rsa", options.stack].contains(stack) {
            guard !["limit", "rsa"].contains(stack) else { continue }
            guard let command = commands.command(stack) else {
                note("\(stack) is not installed: left out")
                continue
            }
            servers[stack] = try ServerProcess(command, core: options.core, folder: folder)
        }
    }

    private func server(_ stack: String) -> ServerProcess? {
        servers[["limit", "rsa"].contains(stack) ? "rekey" : stack]
    }

    /// Small messages, all operations in turn, for as long as a compiler in the stack may need.
    private func warmUp(_ stack: String) throws {
        let enough = options.isQuick ? 4e9 : 20e9
        var spent = 0.0
        note("\(stack): warming up")
        while spent < enough {
            for operation in Operation.messageOperations {
                for octetCount in Self.octetCounts[..<2] {
                    let sample = try servers[stack]?.measure(stack, operation, octetCount, seconds: 0.25)
                    spent += sample?.nanoseconds ?? 1e6
                }
            }
        }
    }

    private func measure(_ operation: Operation, _ octetCount: Int) throws {
        let cells = cells(operation, octetCount)
        guard !cells.isEmpty else { return }
        let seconds = options.isQuick ? 0.05 : octetCount < 1 << 20 ? 0.3 : 0.5
        // Foreign stacks need seconds for each of the largest.
        for round in 0..<(options.isQuick ? 3 : octetCount < 10 << 20 ? 6 : 4) {
            for cell in cells where !missing.contains(cell) {
                guard let server = server(cell.stack) else { continue }
                guard let sample = try sample(cell, from: server, seconds: seconds) else {
                    missing.insert(cell)
                    continue
                }
                // The first round brings caches and branch predictors to the operation.
                if round > 0 { series[cell, default: Series()].add(sample) }
                peaks[cell] = sample.peakOctets ?? server.peakOctets
            }
        }
        note("\(operation.rawValue) \(octetCount)")
    }

    /// `nil` when the stack has no such operation, or fails in it: its failure is not ours, and is said.
    private func sample(_ cell: Cell, from server: ServerProcess, seconds: Double) throws -> ServerProcess.Sample? {
        do {
            return try server.measure(cell.stack, cell.operation, cell.octetCount, seconds: seconds)
        } catch  where StackCommands.foreign.contains(cell.stack) {
            note("\(error)")
            return nil
        }
    }

    /// The memory of large operations, each once in a process of its own; what it takes lies in files already.
    private func measurePeaks() throws {
        for cell in series.keys where isMeasuredCold(cell) {
            guard let command = commands.command(cell.stack) else { continue }
            let server = try ServerProcess(command, core: options.core, folder: folder)
            if let sample = try sample(cell, from: server, seconds: 0) {
                peaks[cell] = sample.peakOctets ?? server.peakOctets
            }
            server.stop()
        }
    }

    /// The stream at every size: what the smallest takes is the program itself.
    private func isMeasuredCold(_ cell: Cell) -> Bool {
        switch cell.stack {
        case StreamStack.name: true
        case "rekey": cell.octetCount >= 1 << 20
        case "limit", "rsa": false
        default: cell.octetCount == octetCounts.last
        }
    }

    private func report() -> Report {
        let smallest = octetCounts[0]
        func rate(_ operation: Operation, _ octetCount: Int, _ stack: String) -> Double {
            series[Cell(operation: operation, octetCount: octetCount, stack: stack)]?.median ?? 0
        }
        var rows: [Row] = []
        for octetCount in octetCounts {
            for operation in operations {
                for cell in cells(operation, octetCount) where cell.stack != "rsa" {
                    guard let series = series[cell] else { continue }
                    rows.append(
                        Row(
                            operation: operation.rawValue,
                            octetCount: octetCount,
                            stack: cell.stack,
                            operationsPerSecond: series.median,
                            limitPerSecond: rate(operation, octetCount, "limit"),
                            peakOctets: peaks[cell] ?? 0,
                            spread: series.spread,
                            allocations: series.allocations
                        )
                    )
                }
            }
        }
        return Report(
            rows: rows,
            rsaPrivatePerSecond: rate(.sign, smallest, "rsa"),
            rsaPublicPerSecond: rate(.verify, smallest, "rsa")
        )
    }

    private func note(_ text: String) {
        FileHandle.standardError.write(Data("bench: \(text)\n".utf8))
    }
}
