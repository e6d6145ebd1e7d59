import Hummingbird
import Messaging

/// Keeps requests waiting in the first moments after a start, until every flow and key has been read: what they ask for or
/// change is never a part of the whole.
struct WholenessMiddleware: RouterMiddleware {
    let runtime: TenantRuntime

    @concurrent func handle(
        _ request: Request,
        context: ManagementContext,
        next: @concurrent (Request, ManagementContext) async throws -> Response
    ) async throws -> Response {
        await runtime.whenRead()
        return try await next(request, context)
    }
}
