import AsyncHTTPClient
import ManagementAPI

/// Somebody who acts on the tenant, with a token of their own.
struct Office {
    let name: String
    let role: String
    let organisation: String

    var token: String { "token-of-\(name)-for-tests-only" }

    func api(port: Int, http: HTTPClient) -> ManagementClient {
        ManagementClient(server: "http://127.0.0.1:\(port)", token: token, http: http)
    }

    static let administrator = Office(name: "administrator", role: "tenantAdministrator", organisation: "tenant")
    static let developer = Office(name: "developer", role: "integrationDeveloper", organisation: "tenant")
    static let sender = Office(name: "sender-office", role: "senderAdministrator", organisation: "sender")
    static let receiver = Office(name: "receiver-office", role: "receiverAdministrator", organisation: "receiver")
    static let all = [administrator, developer, sender, receiver]
}
