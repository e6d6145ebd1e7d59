import Keystore
import Logging
import ServiceLifecycle

extension TenantRuntime: Service {
    /// Delivers stored messages, writes the ledger and follows the keyset until the service group stops gracefully or
    /// the task is cancelled; deliveries under way are brought to their end.
    package func run() async throws {
        await withGracefulShutdownHandler {
            await withTaskGroup(of: Void.self) { group in
                group.addTask { await self.keepTime() }
                group.addTask(priority: .background) { await self.prepare() }
                await Delivery(
                    context: context,
                    table: table,
                    reading: reading,
                    queue: queue,
                    replays: replays,
                    log: log
                )
                .run()
                group.cancelAll()
            }
        } onGracefulShutdown: {
            self.queue.stop()
        }
        try await flushLedger()
        try await log.flush()
        await context.captures.flush(at: context.now)
    }

    private func keepTime() async {
        while !Task.isCancelled {
            await attempt("Clock not followed") { try await self.clockWatch.follow() }
            queue.remind()
            context.space.look()
            await attempt("Ledger not written") { try await self.context.ledger.flushRegularly() }
            await attempt("Ended messages not forgotten") { try await self.memory.forgetRegularly() }
            await attempt("Expired signatures not forgotten") { try await self.replays.forgetRegularly() }
            await attempt("Message log not written") { try await self.log.flushRegularly() }
            await attempt("Message log not cut") { try await self.log.pruneRegularly(at: self.context.now) }
            await context.captures.flushRegularly(at: context.now)
            await attempt("Captured messages not erased") {
                try await self.context.captures.forgetRegularly(at: self.context.now)
            }
            await attempt("Keyset not read") { try await self.followKeyset() }
            do { try await Task.sleep(for: context.configuration.interval) } catch { return }
        }
    }

    /// Another process, or a person's command, may have changed keys.
    private func followKeyset() async throws {
        let generation = try await context.store.read { try $0.generation() }
        if generation != context.keyring.snapshot.generation { try await context.keyring.refresh() }
    }

    private func attempt(_ message: Logger.Message, _ body: () async throws -> Void) async {
        do {
            try await body()
        } catch is CancellationError {
            // The process ends.
        } catch {
            context.logger.error(message, metadata: ["error": "\(error)"])
        }
    }
}
