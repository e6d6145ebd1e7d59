package import Keystore

/// Why a flow cannot be deployed or undeployed.
package enum DeploymentError: Error, Hashable, Sendable {
    /// There is no flow of that name.
    case unknownFlow(FlowID)
    /// Another flow has the path.
    case pathTaken(String, by: FlowID)
    /// The flow sends the token of a user whom the configuration does not have.
    case unknownCredential(String, in: FlowID)
    /// The flow sends a SAML assertion that the configuration does not have.
    case unknownAssertion(String, in: FlowID)
    /// The flow saves messages, and the configuration has no archive.
    case missingArchive(FlowID)
    /// The flow names a key by a former name.
    case renamedKey(KeyAlias, now: KeyAlias, in: FlowID)
    /// The flow names a key of somebody else than the one whose key must stand there.
    case foreignKey(ConfiguredKeyUse, of: KeyOwner)
    /// The flow names a key for TLS of somebody else than the one whose key must stand there.
    case foreignCertificate(TransportKeyUse, of: KeyOwner, in: FlowID)
    /// The flow demands of its callers what the listener for messages cannot find out.
    case missingTransport(ListenerTransport, in: FlowID)
    /// The flow takes passwords as text, and nothing would hide them.
    case clearPasswords(FlowID)
    /// The flow may not send to its receiver's URL.
    case receiverRefused(ReceiverRefusal, in: FlowID)
}

extension DeploymentError: CustomStringConvertible {
    /// The cause and what mends it.
    package var description: String { "\(cause): \(mend)" }

    /// The cause.
    package var cause: String {
        switch self {
        case .unknownFlow(let flow): "there is no flow '\(flow)'"
        case .pathTaken(let path, let owner): "the path \(path) belongs to the flow '\(owner)'"
        case .unknownCredential(let name, let flow): "the flow '\(flow)' names the credential \(name)"
        case .unknownAssertion(let name, let flow): "the flow '\(flow)' names the assertion \(name)"
        case .missingArchive(let flow): "the flow '\(flow)' saves messages"
        case .renamedKey(let alias, let present, let flow):
            "the flow '\(flow)' names the key \(alias), which is called \(present) now"
        case .foreignKey(let use, let owner):
            "the flow '\(use.flow)' names \(use.alias) in `\(use.purpose.rawValue)` of its \(use.side.rawValue), and that "
                + "key is \(owner)'s"
        case .foreignCertificate(let use, let owner, let flow):
            "the flow '\(flow)' names \(use.alias) for \(use.purpose.rawValue), and that key is \(owner)'s"
        case .missingTransport(.clientCertificates, let flow):
            "the flow '\(flow)' demands client certificates, and the listener for messages does not ask for any"
        case .missingTransport(_, let flow):
            "the flow '\(flow)' demands user and password, and the listener for messages has no TLS"
        case .clearPasswords(let flow):
            "the flow '\(flow)' takes passwords as text, and the listener for messages has no TLS"
        case .receiverRefused(let refusal, let flow): "the flow '\(flow)' may not be deployed: \(refusal)"
        }
    }

    /// What mends it.
    package var mend: String {
        switch self {
        case .unknownFlow: "deploy its document first"
        case .pathTaken: "use another one"
        case .unknownCredential: "add it to `credentials` in the tenant's configuration"
        case .unknownAssertion: "add it to `assertions` in the tenant's configuration"
        case .missingArchive: "add `archive` with a folder to the tenant's configuration"
        case .renamedKey(_, let present, _): "name \(present)"
        case .foreignKey(let use, _): "name a key of \(use.expectedOwner)"
        case .foreignCertificate(let use, _, _): "name a key of \(use.expectedOwner)"
        case .missingTransport(.clientCertificates, _):
            "set `listen.messages.tls.clientCertificates` to optional or required in the tenant's configuration"
        case .missingTransport:
            "set `listen.messages.tls` in the tenant's configuration; a proxy's TLS does not count, for nothing proves it"
        case .clearPasswords:
            "set `listen.messages.tls`, demand `usernameToken` in `encrypted`, take `password: digest`, or say "
                + "`usernameToken.withoutTLS: true` where something in front of the tenant has the TLS"
        case .receiverRefused(let refusal, _): refusal.mend
        }
    }
}

extension ConfiguredKeyUse {
    /// Who must hold the private half of the key: to sign and decrypt the tenant, to verify and encrypt the partner.
    var expectedOwner: KeyOwner {
        switch purpose {
        case .sign, .decrypt: .tenant
        case .verify, .encrypt: .partner(partner)
        }
    }
}
