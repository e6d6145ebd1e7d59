import FoundationEssentials
import Keystore
import ManagementAPI
import Messaging
import Renewal

/// Searches the message log.
struct ExchangeHandling {
    private static let listLimit = 1000

    let tenant: Tenant

    /// The page that the parameters of a request ask for.
    func page(_ parameters: QueryParameters, for actor: Actor) async throws -> ExchangePage {
        try actor.requireTenant(tenant, to: "see the message log")
        let query = try query(parameters)
        let found = try await tenant.runtime.exchanges(matching: query)
        let next = found.count == query.limit ? found.last?.sequence : nil
        return ExchangePage(exchanges: found.map { ExchangeResource($0.record) }, next: next)
    }

    private func query(_ parameters: QueryParameters) throws -> ExchangeQuery {
        var query = ExchangeQuery(limit: min(try parameters.number("limit") ?? 100, Self.listLimit))
        query.before = try parameters.number("before")
        query.flow = try parameters.flow("flow")
        query.status = try parameters.choice("status", of: "exchange")
        query.id = parameters.text("id")
        query.since = try parameters.moment("since")
        query.until = try parameters.moment("until")
        if let name = parameters.text("keyVersion") { (query.alias, query.version) = try keyVersion(name) }
        return query
    }

    private func keyVersion(_ text: String) throws -> (KeyAlias, Int?) {
        let parts = text.split(separator: "/", maxSplits: 1).map(String.init)
        guard let alias = parts.first.flatMap(KeyAlias.init(rawValue:)) else {
            throw Refusal.notFound("key \(text.prefix(64))")
        }
        guard parts.count == 2 else { return (alias, nil) }
        guard let number = Int(parts[1]), number > 0 else {
            throw Refusal.malformed("keyVersion is \(text.prefix(64))", remedy: "write ALIAS or ALIAS/VERSION")
        }
        return (alias, number)
    }
}

extension ExchangeResource {
    init(_ record: ExchangeRecord) {
        let (seconds, attoseconds) = record.duration.components
        self.init(
            id: record.id,
            messageID: record.messageID,
            flow: record.flow.rawValue,
            direction: record.direction.rawValue,
            status: record.status.rawValue,
            startedAt: record.startedAt,
            seconds: Double(seconds) + Double(attoseconds) / 1e18,
            keys: record.keys.map { key in
                Key(
                    alias: key.version.alias.rawValue,
                    version: key.version.number,
                    purpose: key.purpose.rawValue,
                    side: key.side.rawValue,
                    outcome: key.outcome.rawValue
                )
            },
            fault: record.fault,
            reason: record.reason,
            traceID: record.traceID
        )
    }
}
