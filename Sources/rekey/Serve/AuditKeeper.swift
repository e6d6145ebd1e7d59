import Keystore
import Logging
import Server
import ServiceLifecycle
import Timekeeping

/// Signs the audit log as long as the tenant runs, and once more at its end.
struct AuditKeeper: Service {
    private static let pause = Duration.seconds(5)
    private static let actor = "rekey"

    let tenant: Tenant
    let signing: AuditSigning
    let logger: Logger

    init(tenant: Tenant, schedule: AuditSigning.Schedule, logger: Logger) {
        self.tenant = tenant
        signing = AuditSigning(masterKey: tenant.masterKey, schedule: schedule, actor: Self.actor)
        self.logger = logger
    }

    /// Writes that the tenant began, and signs the log.
    ///
    /// Makes the signing key at the first start; throws what the store throws.
    func begin() async throws {
        try await write("tenant.start", isForced: true)
        try await tenant.keyring.refresh()
    }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                try? await Task.sleep(for: Self.pause)
                await sign()
            }
        }
        do {
            try await write("tenant.stop", isForced: true)
        } catch {
            logger.error("the audit log could not be signed at the end", metadata: ["error": "\(error)"])
        }
    }

    private func sign() async {
        let now = tenant.clock.now
        do {
            let checkpoint = try await tenant.keystore.write { [signing] in try signing.sign($0, at: now) }
            if let checkpoint {
                logger.debug("audit log signed", metadata: ["audit.sequence": "\(checkpoint.sequence)"])
            }
        } catch {
            logger.error("the audit log could not be signed", metadata: ["error": "\(error)"])
        }
    }

    private func write(_ action: String, isForced: Bool) async throws {
        let (now, organisation) = (tenant.clock.now, tenant.organisation)
        try await tenant.keystore.write { [signing] transaction in
            try transaction.audit(at: now, actor: Self.actor, action: action, subject: organisation, detail: "")
            try signing.sign(transaction, at: now, isForced: isForced)
        }
    }
}
