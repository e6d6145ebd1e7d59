import Keystore

/// What must be true of a flow in this tenant before it is served.
struct DeploymentCheck {
    let context: RuntimeContext
    let flow: IntegrationFlow

    func run() throws(DeploymentError) {
        try checkNames()
        try checkOwners()
        do throws(ReceiverRefusal) {
            try context.configuration.receivers.check(url: flow.receiver.url)
        } catch {
            throw .receiverRefused(error, in: flow.id)
        }
    }

    private func checkNames() throws(DeploymentError) {
        for name in flow.credentials where context.configuration.credentials[name] == nil {
            throw .unknownCredential(name, in: flow.id)
        }
        for name in flow.assertions where context.configuration.assertions[name] == nil {
            throw .unknownAssertion(name, in: flow.id)
        }
        guard !flow.sender.request.savesIncoming || context.configuration.archive != nil else {
            throw .missingArchive(flow.id)
        }
    }

    /// Trust is per partner: nobody's key stands in another's place; issuers of assertions may be anyone.
    ///
    /// Keys that are not there yet are no fault; their owners are looked at again with each message.
    private func checkOwners() throws(DeploymentError) {
        let snapshot = context.keyring.snapshot
        for use in flow.ownUses {
            for version in snapshot.versions(of: use.alias) where version.owner != use.expectedOwner {
                throw .foreignKey(use, of: version.owner)
            }
        }
    }
}
