import Hummingbird
import Keystore
import ManagementAPI
import Renewal
import Timekeeping

/// The paths below `/informs`: what became of notifications beyond the inboxes.
struct InformRoutes {
    private static let listLimit = 1000

    let tenant: Tenant

    func add(to api: some RouterMethods<ManagementContext>) {
        api.get("informs") { request, context in
            let state = request.uri.queryParameters["state"].map(String.init)
            return try await Response.json(list(state, for: context.actor()))
        }
        api.post("informs/:inform/retry") { _, context in
            try await Response.json(retry(context.name("inform"), by: context.actor()))
        }
    }

    private func list(_ name: String?, for actor: Actor) async throws -> [InformResource] {
        try actor.requireTenant(tenant, to: "see what was delivered")
        let known = InformDelivery.State.allCases
        guard name == nil || known.contains(where: { $0.rawValue == name }) else {
            let words = known.map(\.rawValue).joined(separator: ", ")
            throw Refusal.malformed("there is no state `\(name?.prefix(40) ?? "")`", remedy: "known are: \(words)")
        }
        return try await tenant.renewalStore.read { transaction in
            try known.filter { name == nil || $0.rawValue == name }
                .flatMap { try transaction.deliveries(in: $0, limit: Self.listLimit) }
                .map(InformResource.init)
        }
    }

    private func retry(_ id: String, by actor: Actor) async throws -> InformResource {
        try actor.require(.tenantAdministrator, in: tenant, to: "send an inform again")
        let now = tenant.clock.now
        return try await tenant.renewalStore.write { transaction in
            let given = try transaction.deliveries(in: .undeliverable, limit: Int.max)
            guard let delivery = given.first(where: { $0.messageID == id }) else {
                throw Refusal.notFound("undeliverable inform \(id.prefix(80))")
            }
            let again = delivery.repeated(at: now)
            try transaction.updateDelivery(again)
            try transaction.audit(
                at: now,
                actor: actor.description,
                action: "inform.retry",
                subject: delivery.notification.rawValue,
                detail: "\(delivery.channel.rawValue) to \(delivery.person)"
            )
            return InformResource(again)
        }
    }
}

extension InformResource {
    init(_ delivery: InformDelivery) {
        self.init(
            id: delivery.messageID,
            notification: delivery.notification.rawValue,
            channel: delivery.channel.rawValue,
            address: delivery.address,
            person: delivery.person,
            state: delivery.state.rawValue,
            attempts: delivery.attempts,
            dueAt: delivery.endedAt == nil ? delivery.dueAt : nil,
            isUncertain: delivery.isUncertain,
            result: delivery.result,
            endedAt: delivery.endedAt
        )
    }
}
