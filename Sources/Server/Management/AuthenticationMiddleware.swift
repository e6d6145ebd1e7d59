import HTTPTypes
import Hummingbird

/// Lets nobody pass whose bearer token is not known.
struct AuthenticationMiddleware: RouterMiddleware {
    let authentication: Authentication

    @concurrent func handle(
        _ request: Request,
        context: ManagementContext,
        next: @concurrent (Request, ManagementContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        context.identity = try authentication.actor(
            authorization: request.headers[.authorization],
            from: context.address
        )
        return try await next(request, context)
    }
}
