import Cryptography
import FoundationEssentials
import Keystore
import Messaging
import Renewal

/// Values to store.
enum Samples {
    /// A moment in whole milliseconds.
    static let now = Date(timeIntervalSince1970: 1_798_761_600.125)

    static func alias(_ name: String = "orders-sign") throws -> KeyAlias { try KeyAlias(name) }

    static func version(
        _ number: Int = 1,
        of alias: String = "orders-sign",
        state: KeyVersionState = .staged,
        days: Double = 1
    ) throws -> KeyVersion {
        let key = try PrivateKey.generate(.p256)
        let certificate = try Certificate.selfSigned(
            key: key,
            subject: "CN=\(alias) \(number)",
            notBefore: now.addingTimeInterval(min(0, days) * 86_400),
            notAfter: now.addingTimeInterval(days * 86_400)
        )
        return KeyVersion(
            id: KeyVersionID(alias: try KeyAlias(alias), number: number),
            owner: .tenant,
            state: state,
            chain: [certificate],
            sealedPrivateKey: [1, 2, 3],
            createdAt: now,
            activatedAt: state == .active ? now : nil
        )
    }

    static func flow(_ id: String = "orders", path: String? = nil, delivery: String = "{}") throws -> IntegrationFlow {
        try IntegrationFlow(
            yaml: """
                id: \(id)
                pattern: oneWay
                sender: {partner: sender-one, path: \(path ?? "/in/\(id)"), request: {}}
                receiver: {partner: receiver-one, url: "http://127.0.0.1:9/orders", request: {sign: orders-sign}}
                delivery: \(delivery)
                """
        )
    }

    static func message(
        _ name: String,
        flow: String = "orders",
        accepted: Double = 0,
        due: Double = 0
    ) throws -> StoredMessage {
        StoredMessage(
            id: name,
            flow: try flowID(flow),
            messageID: "urn:\(name)",
            action: "place",
            sealedEnvelope: Array(name.utf8),
            acceptedAt: now.addingTimeInterval(accepted),
            dueAt: now.addingTimeInterval(accepted + due),
            deadline: now.addingTimeInterval(accepted + 300)
        )
    }

    static func mark(_ number: UInt8) -> [UInt8] { Array(repeating: number, count: 32) }

    static func replay(
        _ marks: [UInt8],
        flow: String = "orders",
        message: String? = nil,
        expires: Double = 360
    ) throws -> ReplayEntry {
        ReplayEntry(
            marks: marks.map(mark),
            flow: try flowID(flow),
            message: message,
            expiresAt: now.addingTimeInterval(expires)
        )
    }

    static func flowID(_ name: String = "orders") throws -> FlowID {
        guard let id = FlowID(rawValue: name) else { throw KeystoreError.invalidName(name) }
        return id
    }

    static func account(
        version: Int = 1,
        purpose: KeyPurpose = .sign,
        partner: String = "receiver-one",
        outcome: KeyUse.Outcome = .succeeded
    ) throws -> KeyUse.Account {
        KeyUse.Account(
            version: KeyVersionID(alias: try alias(), number: version),
            purpose: purpose,
            flow: try flowID(),
            partner: try PartnerID(partner),
            side: .receiver,
            outcome: outcome
        )
    }

    static let person = Actor(name: "one", role: .tenantAdministrator, organisation: "tenant")

    static func entry(_ sequence: Int, of renewal: String = "orders-sign-1") -> JournalEntry {
        JournalEntry(
            renewal: RenewalID(rawValue: renewal),
            sequence: sequence,
            at: now,
            actor: person,
            event: .aborted(reason: "entry \(sequence)")
        )
    }

    static func notification(_ id: String, to role: Role = .receiverAdministrator) -> RenewalNotification {
        RenewalNotification(
            id: RenewalNotification.ID(rawValue: id),
            renewal: RenewalID(rawValue: "orders-sign-1"),
            step: StepID(rawValue: "4-inform"),
            sender: Party(role: .tenantAdministrator, organisation: "tenant"),
            addressee: Party(role: role, organisation: "receiver-one"),
            subject: "A certificate for you",
            text: "Use it.",
            createdAt: now
        )
    }
}
