import Hummingbird
import Keystore

/// `/livez` and `/readyz`, for whoever watches the process; they say nothing else.
struct Probes {
    let tenant: Tenant

    func add(to router: some RouterMethods<ManagementContext>) {
        router.get("livez") { _, _ in Response(status: .ok) }
        router.get("readyz") { [tenant] _, _ in
            let generation = try await tenant.keystore.read { try $0.generation() }
            let isCurrent = tenant.keyring.snapshot.generation >= generation
            return Response(status: isCurrent ? .ok : .serviceUnavailable)
        }
    }
}
