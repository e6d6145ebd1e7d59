import Keystore
import ManagementAPI
import Messaging
import Renewal

/// Gives key versions up that others know.
struct KeyCompromise {
    let tenant: Tenant

    func declare(_ name: String, _ request: CompromiseKey, by actor: Actor) async throws -> CompromiseKeyAnswer {
        let id = try KeyVersionID(alias: KeyAlias(name), number: request.version)
        let usages = tenant.runtime.uses(of: id.alias).map(KeyUsage.init)
        if request.forecastOnly == true {
            let forecast = try await tenant.renewals.forecastCompromise(of: id, usages: usages, by: actor)
            return CompromiseKeyAnswer(forecast, isDone: false)
        }
        let answer = try await tenant.renewals.compromise(id, usages: usages, reason: request.reason, by: actor)
        var shown = CompromiseKeyAnswer(answer.forecast, isDone: answer.isDone)
        shown.requestedBy = answer.requestedBy
        shown.approvedBy = answer.approvedBy
        return shown
    }
}

extension CompromiseKeyAnswer {
    fileprivate init(_ forecast: CompromiseForecast, isDone: Bool) {
        self.init(
            done: isDone,
            version: forecast.version.number,
            successor: forecast.successor?.number,
            queued: forecast.queued,
            underWay: forecast.underWay,
            stored: forecast.stored,
            consequences: forecast.consequences,
            losses: forecast.losses
        )
    }
}
