import HTTPTypes
import Hummingbird
import Keystore
import Logging
import Renewal
import Synchronization
import Timekeeping

/// Lets nobody pass whose bearer token is not known, and writes logins to the audit log, also those that failed.
struct AuthenticationMiddleware: RouterMiddleware {
    private final class Logins: Sendable {
        let record = Mutex(LoginRecord())
    }

    let tenant: Tenant
    let authentication: Authentication
    private let logins = Logins()

    init(tenant: Tenant, authentication: Authentication) {
        self.tenant = tenant
        self.authentication = authentication
    }

    @concurrent func handle(
        _ request: Request,
        context: ManagementContext,
        next: @concurrent (Request, ManagementContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        do throws(Refusal) {
            let actor = try authentication.actor(
                authorization: request.headers[.authorization],
                from: context.address
            )
            context.identity = actor
        } catch {
            await write(error.code == .throttled ? .throttled : .failed, of: nil, context)
            throw error
        }
        await write(.succeeded, of: context.identity, context)
        return try await next(request, context)
    }

    /// A store that takes no writes lets people in nevertheless: they are needed to mend it.
    private func write(_ outcome: LoginRecord.Outcome, of actor: Actor?, _ context: ManagementContext) async {
        let now = tenant.clock.now
        let entry = logins.record.withLock { $0.note(outcome, of: actor?.name, from: context.address, at: now) }
        guard let entry else { return }
        do {
            try await tenant.keystore.write { transaction in
                try transaction.audit(
                    at: now,
                    actor: actor?.description ?? "unknown",
                    action: entry.action,
                    subject: "management API",
                    detail: entry.detail
                )
            }
        } catch {
            context.logger.error("a login could not be written to the audit log", metadata: ["error": "\(error)"])
        }
    }
}
