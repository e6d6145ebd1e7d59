import AsyncHTTPClient
import Foundation
import ManagementAPI

/// The place of one person: a role in an organisation, and the tenant's interface in that person's token.
struct Desk: Sendable {
    /// How the tenant's audit names the person.
    let name: String
    /// The role, as the procedures name it.
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
        token = RehearsalToken.make()
    }

    /// The tenant's interface as this person uses it.
    func api(at server: String, http: HTTPClient) -> ManagementClient {
        ManagementClient(server: server, token: token, http: http, timeout: .seconds(90))
    }

    /// The tenant administrator who coordinates.
    static let administrator = Desk(role: "tenantAdministrator", organisation: "tenant", number: 1)
    /// The tenant administrator who approves what needs two persons.
    static let approver = Desk(role: "tenantAdministrator", organisation: "tenant", number: 2)
    /// The integration developer.
    static let developer = Desk(role: "integrationDeveloper", organisation: "tenant")

    /// Everybody who takes part in any rehearsal.
    static let all: [Desk] =
        [administrator, approver, developer]
        + Lane.allCases.flatMap { lane in
            [
                Desk(role: "senderAdministrator", organisation: lane.sender),
                Desk(role: "receiverAdministrator", organisation: lane.receiver),
            ]
        }
}
