import Foundation

/// What is measured of one gateway with one kind of message.
struct GatewayMeasurement {
    static let connections = 16

    let gateway: any Gateway
    let pool: MessagePool
    let receiver: ReplyServer
    let isQuick: Bool

    func row(limitPerCPUSecond: Double) throws -> GatewayRow {
        let intake = pool.flow == .oneWay ? try intakePerSecond() : nil
        let rounds = try rounds()
        let cpu = rounds.map(\.cpu).sorted()
        let clock = rounds.map(\.clock).sorted()[rounds.count / 2]
        let median = cpu[cpu.count / 2]
        let unloaded = try latency(count: count(at: clock / 4, atMost: 500), rate: nil)
        let half = try latency(count: count(at: clock, atMost: 3000), rate: clock / 2)
        return GatewayRow(
            flow: pool.flow.rawValue,
            octetCount: pool.octetCount,
            stack: gateway.name,
            perCPUSecond: median,
            perSecond: clock,
            spread: ((cpu.last ?? 0) - (cpu.first ?? 0)) / median,
            limitPerCPUSecond: limitPerCPUSecond,
            medianMilliseconds: unloaded.quantile(0.5) * 1e3,
            halfLoad99Milliseconds: half.quantile(0.99) * 1e3,
            intakePerSecond: intake,
            residentOctets: ProcessFacts.residentOctets(gateway.processIDs)
        )
    }

    /// Exchanges that do not count.
    func warmUp(count: Int) throws { _ = try throughput(count: count) }

    private typealias Rate = (cpu: Double, clock: Double)

    /// The rounds that count; those before bring caches and connections to the flow, and tell how many exchanges a round can have.
    private func rounds() throws -> [Rate] {
        let trial = try throughput(count: 200)
        let count = count(at: trial.clock, atMost: 3000)
        _ = try throughput(count: count)
        return try (0..<(isQuick ? 2 : 5)).map { _ in try throughput(count: count) }
    }

    /// As many exchanges as take three seconds, so that a slow gateway does not take the whole time.
    private func count(at rate: Double, atMost most: Int) -> Int {
        let most = isQuick ? most / 5 : most
        return min(max(Int(rate * 3), 100), most)
    }

    private func throughput(count: Int) throws -> Rate {
        try pool.fill(count)
        let (cpu, received, start) = (ProcessFacts.cpuSeconds(gateway.processIDs), receiver.receivedCount, Date())
        try Sender.run(pool, port: gateway.port, count: count, connections: Self.connections).check()
        try awaitDeliveries(received + count)
        let seconds = Date().timeIntervalSince(start)
        return (Double(count) / (ProcessFacts.cpuSeconds(gateway.processIDs) - cpu), Double(count) / seconds)
    }

    private func latency(count: Int, rate: Double?) throws -> Sender.Outcome {
        try pool.fill(count)
        let received = receiver.receivedCount
        let connections = rate == nil ? 1 : Self.connections
        let outcome = try Sender.run(pool, port: gateway.port, count: count, connections: connections, rate: rate)
        try outcome.check()
        try awaitDeliveries(received + count)
        return outcome
    }

    /// How many messages a second are stored while none is delivered.
    private func intakePerSecond() throws -> Double? {
        guard let rekey = gateway as? RekeyGateway else { return nil }
        let (count, received) = (isQuick ? 2000 : 10_000, receiver.receivedCount)
        try pool.fill(count)
        try rekey.hold(true)
        let outcome = try Sender.run(pool, port: gateway.port, count: count, connections: 4 * Self.connections)
        try outcome.check()
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
}
