package import Keystore

/// What must be true of a flow in this tenant before it is served.
package struct DeploymentCheck {
    private let configuration: RuntimeConfiguration
    private let snapshot: KeyringSnapshot?
    private let flow: IntegrationFlow

    /// Of a flow in a tenant with these settings and keys; without keys their owners are not looked at.
    package init(configuration: RuntimeConfiguration, snapshot: KeyringSnapshot?, flow: IntegrationFlow) {
        self.configuration = configuration
        self.snapshot = snapshot
        self.flow = flow
    }

    init(context: RuntimeContext, flow: IntegrationFlow) {
        self.init(configuration: context.configuration, snapshot: context.keyring.snapshot, flow: flow)
    }

    /// Throws what is not true.
    package func run() throws(DeploymentError) {
        try checkNames()
        try checkOwners()
        try checkAuthorisation()
        do throws(ReceiverRefusal) {
            try configuration.receivers.check(url: flow.receiver.url)
        } catch {
            throw .receiverRefused(error, in: flow.id)
        }
    }

    private func checkNames() throws(DeploymentError) {
        for name in flow.credentials where configuration.credentials[name] == nil {
            throw .unknownCredential(name, in: flow.id)
        }
        for name in flow.assertions where configuration.assertions[name] == nil {
            throw .unknownAssertion(name, in: flow.id)
        }
        guard !flow.sender.request.savesIncoming || configuration.archive != nil else {
            throw .missingArchive(flow.id)
        }
    }

    private func checkAuthorisation() throws(DeploymentError) {
        try flow.checkAuthorisation(on: configuration.transport)
        guard case .basic(let names) = flow.sender.authorisation else { return }
        if let name = names.first(where: { configuration.credentials[$0] == nil }) {
            throw .unknownCredential(name, in: flow.id)
        }
    }

    /// Trust is per partner: nobody's key stands in another's place; issuers of assertions may be anyone.
    ///
    /// Keys that are not there yet are no fault; their owners are looked at again with each message.
    private func checkOwners() throws(DeploymentError) {
        guard let snapshot else { return }
        for alias in flow.uses.map(\.alias) + flow.transportUses.map(\.alias) where snapshot.present(alias) != alias {
            throw .renamedKey(alias, now: snapshot.present(alias), in: flow.id)
        }
        for use in flow.ownUses {
            for version in snapshot.versions(of: use.alias) where version.owner != use.expectedOwner {
                throw .foreignKey(use, of: version.owner)
            }
        }
        for use in flow.transportUses {
            for version in snapshot.versions(of: use.alias) where version.owner != use.expectedOwner {
                throw .foreignCertificate(use, of: version.owner, in: flow.id)
            }
        }
    }
}

extension IntegrationFlow {
    /// Throws `DeploymentError.missingTransport` when a listener with `transport` cannot find out what the flow demands of
    /// its callers, and `.clearPasswords` when it would not hide the passwords that they send.
    package func checkAuthorisation(on transport: ListenerTransport) throws(DeploymentError) {
        guard !sender.request.needsTLS || transport != .plain else { throw .clearPasswords(id) }
        switch sender.authorisation {
        case .none: return
        case .certificate:
            guard transport == .clientCertificates else { throw .missingTransport(.clientCertificates, in: id) }
        case .basic:
            guard transport != .plain else { throw .missingTransport(.tls, in: id) }
        }
    }
}
