import Keystore
import Logging
import Messaging

/// Writes to the store every few seconds, so that readiness is known before anybody asks, and asking costs nothing.
struct StoreWatch {
    private static let pause = Duration.seconds(2)

    let tenant: Tenant
    let logger: Logger

    /// Watches until the task is cancelled.
    func run() async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.watchStore() }
            group.addTask(priority: .background) { await KeyWatch(tenant: tenant, logger: logger).run() }
        }
    }

    private func watchStore() async {
        while !Task.isCancelled {
            await look()
            do { try await Task.sleep(for: Self.pause) } catch { return }
        }
    }

    private func look() async {
        tenant.health.report(flowObstacle: tenant.runtime.flowFaults.first)
        do {
            try await tenant.runtime.proveStoreWritable()
            let generation = try await tenant.keystore.read { try $0.generation() }
            let isCurrent = tenant.keyring.snapshot.generation >= generation
            tenant.health.report(storeWritten: true, isKeyringCurrent: isCurrent)
        } catch {
            logger.error("the store cannot be written", metadata: ["error": "\(error)"])
            tenant.health.report(storeWritten: false, isKeyringCurrent: true)
        }
    }
}
