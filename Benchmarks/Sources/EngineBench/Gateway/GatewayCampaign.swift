import Foundation

/// The run: one gateway at a time on core 0, sender and receiver in this process on core 1.
final class GatewayCampaign {
    static let octetCounts = [2 << 10, 20 << 10]

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
        for stack in GatewayOptions.stackNames where options.stacks.contains(stack) {
            let gateway = try start(stack)
            defer { gateway.stop() }
            if stack == "java" { try warmUp(gateway) }
            for octetCount in Self.octetCounts {
                for flow in GatewayFlow.allCases where options.wants(flow, stack, octetCount) && gateway.carries(flow) {
                    note("\(stack) \(flow.rawValue) \(octetCount)")
                    let pool = try pool(flow, octetCount)
                    let limit = 1 / limit.seconds(flow, octetCount)
                    report.rows.append(try measurement(gateway, pool).row(limitPerCPUSecond: limit))
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
        let begin = Date()
        var count = 0
        print("seconds  exchanges  resident MB")
        while Date().timeIntervalSince(begin) < minutes * 60 {
            let outcome = try Sender.run(
                pool,
                port: gateway.port,
                count: 5000,
                connections: GatewayMeasurement.connections
            )
            try outcome.check()
            count += outcome.latencies.count
            let resident = Double(ProcessFacts.residentOctets(gateway.processIDs)) / 1e6
            print(String(format: "%7.0f %10d %12.1f", Date().timeIntervalSince(begin), count, resident))
            fflush(nil)
        }
    }

    private func start(_ stack: String) throws -> any Gateway {
        switch stack {
        case "java": try JavaGateway(root: root, folder: folder, receiverPort: receiver.port)
        case "nginx": try NginxGateway(folder: folder, receiverPort: receiver.port)
        default: try RekeyGateway(root: root, folder: folder, receiverPort: receiver.port)
        }
    }

    private func measurement(_ gateway: any Gateway, _ pool: MessagePool) -> GatewayMeasurement {
        GatewayMeasurement(gateway: gateway, pool: pool, receiver: receiver, isQuick: options.isQuick)
    }

    private func pool(_ flow: GatewayFlow, _ octetCount: Int) throws -> MessagePool {
        let pool = try MessagePool(flow, octetCount: octetCount, keys: keys)
        receiver.answer(flow.receiverPath, with: flow == .oneWay ? [] : pool.answers)
        return pool
    }

    /// All flows, until the compiler of the gateway has had its time.
    private func warmUp(_ gateway: any Gateway) throws {
        note("\(gateway.name) warms up")
        let enough = options.isQuick ? 5.0 : 20
        while ProcessFacts.cpuSeconds(gateway.processIDs) < enough {
            for octetCount in Self.octetCounts {
                for flow in GatewayFlow.allCases where gateway.carries(flow) {
                    try measurement(gateway, pool(flow, octetCount)).warmUp(count: 200)
                }
            }
        }
    }

    private func note(_ text: String) { FileHandle.standardError.write(Data("bench: \(text)\n".utf8)) }
}
