import AsyncHTTPClient
import Foundation
import ManagementAPI
import PartnerSystem

/// The systems of a rehearsal: a tenant, two senders and two receivers, each a process of its own on loopback.
actor Stage {
    /// The clock that all of them read.
    nonisolated let timeMachine: TimeMachine
    /// Messages per second that each sender starts on each flow.
    nonisolated let rate: Double
    /// Whose systems run.
    nonisolated let lanes: [Lane]
    private nonisolated let files: StageFiles
    private nonisolated let http = HTTPClient(configuration: ManagementClient.httpConfiguration)
    private nonisolated let managementPort: Int
    private nonisolated let messagePort: Int
    private let unguarded: Bool
    /// Where the tenant's private keys lie; nil for its keystore.
    nonisolated let token: StageToken?
    private var tenant: ChildProcess?
    private var partners: [String: ChildProcess] = [:]
    private var controls: [String: PartnerControlClient] = [:]

    /// Systems that have not started yet.
    init(lanes: [Lane] = Lane.separate, rate: Double, unguarded: Bool, token: StageToken? = nil) throws {
        files = try StageFiles()
        timeMachine = try TimeMachine(offsetFile: files.folder.appending(path: "clock"))
        messagePort = try LoopbackPort.free()
        managementPort = try LoopbackPort.free()
        self.rate = rate
        self.lanes = lanes
        self.unguarded = unguarded
        self.token = token
    }

    /// Where the files and logs of the rehearsal are.
    nonisolated var folder: URL { files.folder }

    /// The tenant's interface as `desk`'s person uses it.
    nonisolated func api(_ desk: Desk) -> ManagementClient {
        desk.api(at: "http://127.0.0.1:\(managementPort)", http: http)
    }

    /// The tenant's interface as the first tenant administrator uses it.
    nonisolated var administrator: ManagementClient { api(Desk.administrator) }

    /// Everybody who takes part.
    nonisolated var desks: [Desk] {
        Desk.all.filter { desk in
            desk.organisation == Desk.administrator.organisation
                || lanes.contains { [$0.sender, $0.receiver].contains(desk.organisation) }
        }
    }

    /// The control interface of a partner system.
    func control(_ partner: String) throws -> PartnerControlClient {
        guard let control = controls[partner] else { throw DrillError("\(partner) has not started") }
        return control
    }

    /// Starts the systems, lets them know each other's certificates, deploys the flows.
    func open() async throws {
        try files.writeTenant(
            lanes,
            desks,
            messagePort: messagePort,
            managementPort: managementPort,
            unguarded: unguarded,
            token: token
        )
        for lane in lanes {
            try await startPartner(RehearsalPartner.receiver(lane))
            try await startPartner(RehearsalPartner.sender(lane, messagePort: messagePort, rate: rate))
        }
        try await startTenant()
        for lane in lanes {
            try await Introduction(lane: lane, stage: self).makeKnown()
            let ports = try PartnerPorts(path: folder.appending(path: "\(lane.receiver).ports").path)
            let flows = RehearsalFlows(lane: lane, receiverPort: ports.soap ?? 0)
            _ = try await administratorOfFlows.putFlow(lane.orders, yaml: flows.orders)
            _ = try await administratorOfFlows.putFlow(lane.notices, yaml: flows.notices)
        }
    }

    /// Starts the tenant and waits until it is ready.
    func startTenant() async throws {
        let process = try ChildProcess("tenant", arguments: ["serve", "--config", "tenant.yaml"], in: folder)
        tenant = process
        try await Patience.wait(for: "the tenant to be ready", within: .seconds(60)) {
            guard process.isRunning else { throw DrillError("the tenant ended: \(process.lastLines())") }
            return (try? await self.administrator.me()) != nil
        }
    }

    /// Kills the tenant (SIGKILL).
    func killTenant() {
        tenant?.kill()
    }

    /// Ends every process; removes the files unless they are to be kept.
    func close(keepFiles: Bool) async {
        for partner in partners.values { partner.stop() }
        tenant?.stop()
        try? await http.shutdown()
        if !keepFiles { files.remove() }
    }

    private nonisolated var administratorOfFlows: ManagementClient { api(Desk.developer) }

    private func startPartner(_ partner: RehearsalPartner) async throws {
        let name = partner.name
        let token = RehearsalToken.make()
        try files.write(token + "\n", to: "\(name).control-token")
        try files.write(partner.configuration, to: "\(name).yaml")
        let arguments = ["partner", partner.role, "--config", "\(name).yaml"]
        let process = try ChildProcess(name, arguments: arguments, in: folder)
        partners[name] = process
        let portsFile = folder.appending(path: "\(name).ports").path
        try await Patience.wait(for: "\(name) to be ready", within: .seconds(60)) {
            guard process.isRunning else { throw DrillError("\(name) ended: \(process.lastLines())") }
            return (try? PartnerPorts(path: portsFile)) != nil
        }
        let port = try PartnerPorts(path: portsFile).control
        controls[name] = PartnerControlClient(url: "http://127.0.0.1:\(port)", token: token, httpClient: http)
    }
}
