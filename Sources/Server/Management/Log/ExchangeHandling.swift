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
    func page(_ parameters: (String) -> String?, for actor: Actor) async throws -> ExchangePage {
        try actor.requireTenant(tenant, to: "see the message log")
        let query = try query(parameters)
        let found = try await tenant.runtime.exchanges(matching: query)
        let next = found.count == query.limit ? found.last?.sequence : nil
        return ExchangePage(exchanges: found.map { ExchangeResource($0.record) }, next: next)
    }

    private func query(_ parameter: (String) -> String?) throws -> ExchangeQuery {
        var query = ExchangeQuery(limit: min(try number("limit", parameter) ?? 100, Self.listLimit))
        query.before = try number("before", parameter)
        if let flow = parameter("flow") {
            guard let id = FlowID(rawValue: flow) else { throw Refusal.notFound("flow \(flow.prefix(64))") }
            query.flow = id
        }
        if let status = parameter("status") {
            guard let known = ExchangeRecord.Status(rawValue: status) else {
                let states = ExchangeRecord.Status.allCases.map(\.rawValue).joined(separator: ", ")
                throw Refusal.malformed("no exchange is \(status.prefix(32))", remedy: "ask for one of \(states)")
            }
            query.status = known
        }
        query.id = parameter("id")
        query.since = try moment("since", parameter)
        query.until = try moment("until", parameter)
        if let name = parameter("keyVersion") { (query.alias, query.version) = try keyVersion(name) }
        return query
    }

    private func number(_ name: String, _ parameter: (String) -> String?) throws -> Int? {
        guard let text = parameter(name) else { return nil }
        guard let number = Int(text), number > 0 else {
            throw Refusal.malformed("\(name) is \(text.prefix(32))", remedy: "give a number above 0")
        }
        return number
    }

    private func moment(_ name: String, _ parameter: (String) -> String?) throws -> Date? {
        guard let text = parameter(name) else { return nil }
        guard let moment = ManagementCoding.moment(in: text) else {
            throw Refusal.malformed("\(name) is \(text.prefix(32))", remedy: "write it as 2026-01-31T10:00:00Z")
        }
        return moment
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
