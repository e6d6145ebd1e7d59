import Hummingbird
import ManagementAPI
import Renewal

/// The path `/me`.
struct OperationRoutes {
    func add(to api: some RouterMethods<ManagementContext>) {
        api.get("me") { _, context in
            let actor = try context.actor()
            return try Response.json(
                Person(name: actor.name, role: actor.role.rawValue, organisation: actor.organisation)
            )
        }
    }
}
