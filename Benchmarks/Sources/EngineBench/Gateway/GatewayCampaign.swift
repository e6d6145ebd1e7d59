import Foundation

/// The run: one gateway at a time on core 0, sender and receiver in this process on core 1.
final class GatewayCampaign {
    static let octetCounts = [2 << 10, 20 << 10]
    static let connections = 16

    private let options: GatewayOptions
    private let root: String
    private let folder: String
    private let keys: GatewayKeys
    private let receiver: ReplyServer

    init(options: GatewayOptions, root: String, folder: String) throws {
        self.options = options
        self.root = root
        self.folder = folder
        keys = try GatewayKeys(folder: folder, now: Date())
        receiver = try ReplyServer()
    }

    func run() throws -> GatewayReport {
        let limit = try CryptoLimit(octetCounts: Self.octetCounts, seconds: options.isQuick ? 1 : 3)
        var report = GatewayReport(rsaPrivatePerSecond: limit.rsaPrivate, rsaPublicPerSecond: limit.rsaPublic)
        for stack in ["rekey", "java", "nginx"] where wanted(stack) {
            let gateway = try start(stack)
            defer { gateway.stop() }
            if stack == "java" { try warmUp(gateway) }
            for octetCount in Self.octetCounts {
                for flow in GatewayFlow.allCases where options.wants(flow, stack, octetCount) && gateway.carries(flow) {
                    note("\(stack) \(flow.rawValue) \(octetCount)")
                    report.rows.append(try measure(gateway, flow, octetCount, limit))
                }
            }
        }
        report.rows.sort { ($0.octetCount, $0.flow) < ($1.octetCount, $1.flow) }
        return report
    }

    /// Sends `sign+encrypt` of 2 KB for so many minutes, and says how the gateway's memory went.
    func soak(minutes: Double) throws {
        let gateway = try start("rekey")
        defer { gateway.stop() }
        let pool = try pool(.signEncrypt, 2 << 10)
        let end = Date(timeIntervalSinceNow: minutes * 60)
        var count = 0
        print("seconds  exchanges  resident MB")
        while Date() < end {
            let outcome = try Sender.run(pool, port: gateway.port, count: 5000, connections: Self.connections)
            try check(outcome)
            count += outcome.latencies.count
            let resident = Double(ProcessFacts.residentOctets(gateway.processIDs)) / 1e6
            let seconds = minutes * 60 - end.timeIntervalSinceNow
            print(String(format: "%7.0f %10d %12.1f", seconds, count, resident))
            fflush(nil)
        }
    }

    private func wanted(_ stack: String) -> Bool { (options.stack ?? stack) == stack }

    private func start(_ stack: String) throws -> any Gateway {
        switch stack {
        case "java": try JavaGateway(root: root, folder: folder, receiverPort: receiver.port)
        case "nginx": try NginxGateway(folder: folder, receiverPort: receiver.port)
        default: try RekeyGateway(root: root, folder: folder, receiverPort: receiver.port)
        }
    }

    private func pool(_ flow: GatewayFlow, _ octetCount: Int) throws -> MessagePool {
        let pool = try MessagePool(flow, octetCount: octetCount, keys: keys)
        receiver.answer(flow.receiverPath, with: flow == .oneWay ? [] : pool.answers)
        return pool
    }

    /// Both flows, until the compiler of the gateway has had its time.
    private func warmUp(_ gateway: any Gateway) throws {
        let enough = options.isQuick ? 5.0 : 20
        while ProcessFacts.cpuSeconds(gateway.processIDs) < enough {
            for octetCount in Self.octetCounts {
                for flow in GatewayFlow.allCases where gateway.carries(flow) {
                    let pool = try pool(flow, octetCount)
                    try check(try Sender.run(pool, port: gateway.port, count: 300, connections: Self.connections))
                }
            }
        }
    }

    private func measure(
        _ gateway: any Gateway,
        _ flow: GatewayFlow,
        _ octetCount: Int,
        _ limit: CryptoLimit
    ) throws -> GatewayRow {
        let pool = try pool(flow, octetCount)
        let intake = flow == .oneWay ? try intake(gateway, pool) : nil
        var rates: [(cpu: Double, clock: Double)] = []
        // The first round brings caches and connections to the flow.
        for round in 0..<(options.isQuick ? 3 : 6) {
            let rate = try throughput(gateway, pool, count: options.isQuick ? 600 : 3000)
            if round > 0 { rates.append(rate) }
        }
        let cpu = rates.map(\.cpu).sorted()
        let clock = rates.map(\.clock).sorted()[rates.count / 2]
        let median = cpu[cpu.count / 2]
        let unloaded = try latency(gateway, pool, count: options.isQuick ? 100 : 500, rate: nil)
        let half = try latency(gateway, pool, count: options.isQuick ? 500 : 3000, rate: clock / 2)
        return GatewayRow(
            flow: flow.rawValue,
            octetCount: octetCount,
            stack: gateway.name,
            perCPUSecond: median,
            perSecond: clock,
            spread: ((cpu.last ?? 0) - (cpu.first ?? 0)) / median,
            limitPerCPUSecond: 1 / limit.seconds(flow, octetCount),
            medianMilliseconds: unloaded.quantile(0.5) * 1e3,
            halfLoad99Milliseconds: half.quantile(0.99) * 1e3,
            intakePerSecond: intake,
            residentOctets: ProcessFacts.residentOctets(gateway.processIDs)
        )
    }

    private func throughput(
        _ gateway: any Gateway,
        _ pool: MessagePool,
        count: Int
    ) throws -> (cpu: Double, clock: Double) {
        try pool.fill(count)
        let (cpu, received, start) = (ProcessFacts.cpuSeconds(gateway.processIDs), receiver.receivedCount, Date())
        let outcome = try Sender.run(pool, port: gateway.port, count: count, connections: Self.connections)
        try check(outcome)
        try awaitDeliveries(received + count)
        let seconds = Date().timeIntervalSince(start)
        return (Double(count) / (ProcessFacts.cpuSeconds(gateway.processIDs) - cpu), Double(count) / seconds)
    }

    private func latency(
        _ gateway: any Gateway,
        _ pool: MessagePool,
        count: Int,
        rate: Double?
    ) throws -> Sender.Outcome {
        try pool.fill(count)
        let received = receiver.receivedCount
        let connections = rate == nil ? 1 : Self.connections
        let outcome = try Sender.run(pool, port: gateway.port, count: count, connections: connections, rate: rate)
        try check(outcome)
        try awaitDeliveries(received + count)
        return outcome
    }

    /// How many messages a second are stored while none is delivered.
    private func intake(_ gateway: any Gateway, _ pool: MessagePool) throws -> Double? {
        guard let rekey = gateway as? RekeyGateway else { return nil }
        let (count, received) = (options.isQuick ? 2000 : 10_000, receiver.receivedCount)
        try pool.fill(count)
        try rekey.hold(true)
        let outcome = try Sender.run(pool, port: gateway.port, count: count, connections: 4 * Self.connections)
        try check(outcome)
        try rekey.hold(false)
        try awaitDeliveries(received + count)
        return Double(count) / outcome.seconds
    }

    private func awaitDeliveries(_ count: Int) throws {
        let end = Date(timeIntervalSinceNow: 120)
        while receiver.receivedCount < count {
            guard Date() < end else {
                throw BenchError("\(count - receiver.receivedCount) messages were not delivered")
            }
            Thread.sleep(forTimeInterval: 0.002)
        }
    }

    private func check(_ outcome: Sender.Outcome) throws {
        guard let failure = outcome.failures.first else { return }
        throw BenchError("\(failure.value) requests failed: \(failure.key)")
    }

    private func note(_ text: String) { FileHandle.standardError.write(Data("bench: \(text)\n".utf8)) }
}
