import AsyncHTTPClient
import Foundation
import ManagementAPI

/// The place of one person: a role in an organisation, and the tenant's interface in that person's token.
struct Desk: Sendable {
    /// How the tenant's audit names the person.
    let name: String
    /// The role, as the seeds name it.
    let role: String
    /// The organisation for which the role acts.
    let organisation: String
    /// The bearer token; as long as it is random.
    let token: String

    /// A desk whose person is called after role and organisation.
    init(role: String, organisation: String, number: Int? = nil) {
        name = [organisation, role, number.map(String.init)].compactMap { $0 }.joined(separator: ".")
        self.role = role
        self.organisation = organisation
        token = (0..<4).map { _ in String(UInt64.random(in: .min ... .max), radix: 16) }.joined()
    }

    /// The tenant's interface as this person uses it.
    func api(at server: String, http: HTTPClient) -> ManagementClient {
        ManagementClient(server: server, token: token, http: http, timeout: .seconds(90))
    }

    /// Everybody who takes part.
    static let all: [Desk] =
        [
            Desk(role: "tenantAdministrator", organisation: "tenant", number: 1),
            Desk(role: "tenantAdministrator", organisation: "tenant", number: 2),
            Desk(role: "integrationDeveloper", organisation: "tenant"),
        ]
        + Lane.allCases.flatMap { lane in
            [
                Desk(role: "senderAdministrator", organisation: lane.sender),
                Desk(role: "receiverAdministrator", organisation: lane.receiver),
            ]
        }
}
