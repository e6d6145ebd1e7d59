import HTTPTypes
import Hummingbird
import Logging

/// Turns every error into problem details (RFC 9457); what is not a refusal is logged and told to nobody.
struct ProblemMiddleware: RouterMiddleware {
    @concurrent func handle(
        _ request: Request,
        context: ManagementContext,
        next: @concurrent (Request, ManagementContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch {
            let refusal = Refusal(error)
            if refusal.code == .failed {
                context.logger.error(
                    "a management request failed",
                    metadata: ["http.path": "\(request.uri.path)", "error": "\(error)"]
                )
            }
            return try Response.problem(refusal)
        }
    }
}
