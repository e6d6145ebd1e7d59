import Foundation
import Keystore
import Renewal

/// Those who take part; each holds one role at one organisation.
enum People {
    static let tina = Actor(name: "tina", role: .tenantAdministrator, organisation: "tenant")
    static let tom = Actor(name: "tom", role: .tenantAdministrator, organisation: "tenant")
    static let dora = Actor(name: "dora", role: .integrationDeveloper, organisation: "tenant")
    static let sam = Actor(name: "sam", role: .senderAdministrator, organisation: "sender")
    static let rita = Actor(name: "rita", role: .receiverAdministrator, organisation: "receiver")
    /// An administrator of a partner that takes no part.
    static let otto = Actor(name: "otto", role: .receiverAdministrator, organisation: "other")
    /// A sender's administrator of a partner that takes no part.
    static let olga = Actor(name: "olga", role: .senderAdministrator, organisation: "other")

    static let all = [tina, tom, dora, sam, rita, otto, olga]

    /// Somebody who holds the role at the organisation.
    static func holding(_ role: Role, _ organisation: String) -> Actor? {
        all.first { $0.role == role && $0.organisation == organisation }
    }
}

/// A flow that uses a key of each case.
enum Flows {
    static func alias(of useCase: UseCaseName) -> String {
        let party = useCase.side == .inbound ? "sender" : "receiver"
        return "\(useCase.purpose.rawValue)-\(party)"
    }

    /// The flow `orders`, in which the cases of `sharing` use one and the same alias.
    static func orders(sharing: [UseCaseName] = []) -> String {
        let orders = """
            id: orders
            pattern: requestReply
            sender:
              partner: sender
              path: /in/orders
              request: {verify: [verify-sender], decrypt: [decrypt-sender]}
              response: {sign: sign-sender, encrypt: encrypt-sender}
            receiver:
              partner: receiver
              url: http://127.0.0.1:9/orders
              request: {sign: sign-receiver, encrypt: encrypt-receiver}
              response: {verify: [verify-receiver], decrypt: [decrypt-receiver]}
            """
        guard let first = sharing.first else { return orders }
        return sharing.reduce(orders) { text, useCase in
            text.replacingOccurrences(of: alias(of: useCase), with: alias(of: first))
        }
    }
}
