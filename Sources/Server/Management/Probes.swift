import Hummingbird
import ManagementAPI
import Messaging
import NIOCore

/// `/livez`, `/readyz` and `/metrics`, for whoever watches the process.
struct Probes {
    let tenant: Tenant
    let authentication: Authentication
    let metricsAccess: MetricsAccess

    func add(to router: some RouterMethods<ManagementContext>) {
        router.get("livez") { _, _ in Response(status: .ok) }
        router.get("readyz") { [tenant] _, _ in
            let checks = tenant.health.checks()
            let resource = ReadinessResource(
                ready: checks.allSatisfy(\.isMet),
                checks: checks.map { .init(name: $0.name.rawValue, ok: $0.isMet, cause: $0.obstacle) }
            )
            return try Response.json(resource, status: resource.ready ? .ok : .serviceUnavailable)
        }
        router.get("metrics") { [tenant, authentication, metricsAccess] request, context in
            try metricsAccess.check(
                authorization: request.headers[.authorization],
                from: context.address,
                authentication: authentication,
                tenant: tenant
            )
            await tenant.runtime.whenRead()
            let page = await TenantMetrics(tenant: tenant).page()
            return Response(
                status: .ok,
                headers: [.contentType: MetricsPage.contentType, .cacheControl: "no-store"],
                body: ResponseBody(byteBuffer: ByteBuffer(string: page))
            )
        }
    }
}
