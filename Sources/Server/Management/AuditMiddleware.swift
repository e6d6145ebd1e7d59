import HTTPTypes
import Hummingbird
import Keystore
import Logging
import ManagementAPI
import Renewal
import Timekeeping

/// Writes to the audit log who was refused what, where it concerns keys, flows, partners or steps.
struct AuditMiddleware: RouterMiddleware {
    let tenant: Tenant

    @concurrent func handle(
        _ request: Request,
        context: ManagementContext,
        next: @concurrent (Request, ManagementContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch {
            let refusal = Refusal(error)
            // The renewal engine audits its own refusals.
            if !(error is RenewalRefusal), isWorthAnEntry(refusal, request), let actor = context.identity {
                try await audit(refusal, path: request.uri.path, actor: actor.description)
            }
            throw error
        }
    }

    /// What was to be read leaves an entry only where it was not the reader's to see.
    private func isWorthAnEntry(_ refusal: Refusal, _ request: Request) -> Bool {
        refusal.code != .failed && (request.method != .get || [.wrongRole, .wrongOrganisation].contains(refusal.code))
    }

    private func audit(_ refusal: Refusal, path: String, actor: String) async throws {
        let now = tenant.clock.now
        let detail = "\(refusal.problem.code): \(refusal.detail)"
        try await tenant.keystore.write { transaction in
            try transaction.audit(
                at: now,
                actor: actor,
                action: "request.refused",
                subject: String(path.prefix(Self.pathLimit)),
                detail: detail
            )
        }
    }

    private static let pathLimit = 200
}
