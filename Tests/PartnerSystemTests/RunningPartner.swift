import AsyncHTTPClient
import Foundation
import Logging
import PartnerSystem
import ServiceLifecycle
import Timekeeping

/// A partner system in this process, with real sockets and a folder of its own.
struct RunningPartner: Sendable {
    let client: PartnerControlClient
    let ports: PartnerPorts

    static let token = "a-token-for-tests-only"

    /// Runs a system for as long as `body` does.
    static func with<Result: Sendable>(
        _ configuration: PartnerConfiguration,
        as role: PartnerRole,
        in folder: URL,
        _ body: @Sendable (RunningPartner) async throws -> Result
    ) async throws -> Result {
        let httpClient = HTTPClient(configuration: PartnerProcess.httpClientConfiguration)
        do {
            let result = try await run(configuration, role, folder, httpClient, body)
            try await httpClient.shutdown()
            return result
        } catch {
            try await httpClient.shutdown()
            throw error
        }
    }

    private static func run<Result: Sendable>(
        _ configuration: PartnerConfiguration,
        _ role: PartnerRole,
        _ folder: URL,
        _ httpClient: HTTPClient,
        _ body: @Sendable (RunningPartner) async throws -> Result
    ) async throws -> Result {
        let base = folder.path(percentEncoded: false)
        try Data(token.utf8).write(to: folder.appending(path: configuration.tokenFile))
        var logger = Logger(label: configuration.name) { _ in SwiftLogNoOpLogHandler() }
        logger.logLevel = .critical
        let process = try PartnerProcess(
            configuration,
            role: role,
            base: base,
            clock: SystemWallClock(),
            httpClient: httpClient,
            logger: logger
        )
        let group = ServiceGroup(services: process.services, logger: logger)
        return try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            let partner = try await listening(configuration, folder, httpClient)
            let result = try await body(partner)
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
            return result
        }
    }

    private static func listening(
        _ configuration: PartnerConfiguration,
        _ folder: URL,
        _ httpClient: HTTPClient
    ) async throws -> RunningPartner {
        let file = PartnerConfiguration.path(configuration.portsFile ?? "", below: folder.path(percentEncoded: false))
        while true {
            if let ports = try? PartnerPorts(path: file) {
                let url = "http://127.0.0.1:\(ports.control)"
                let client = PartnerControlClient(url: url, token: token, httpClient: httpClient)
                return RunningPartner(client: client, ports: ports)
            }
            try Task.checkCancellation()
            await Task.yield()
        }
    }

    /// Asks for the status until it is as wanted.
    @discardableResult
    func wait(until isWanted: (PartnerStatus) -> Bool) async throws -> PartnerStatus {
        while true {
            let status = try await client.status()
            if isWanted(status) { return status }
            try Task.checkCancellation()
        }
    }
}
