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
        for user in [flow.receiver.request.user, flow.sender.response?.user].compactMap(\.self)
        where context.configuration.credentials[user.credential] == nil {
            throw .unknownCredential(user.credential, in: flow.id)
        }
        guard !flow.sender.request.savesIncoming || context.configuration.archive != nil else {
            throw .missingArchive(flow.id)
        }
    }

    /// Trust is per partner: nobody's key stands in another's place.
    ///
    /// Keys that are not there yet are no fault; their owners are looked at again with each message.
    private func checkOwners() throws(DeploymentError) {
        let snapshot = context.keyring.snapshot
        for use in flow.uses {
            for version in snapshot.versions(of: use.alias) where version.owner != use.expectedOwner {
                throw .foreignKey(use, of: version.owner)
            }
        }
    }
}
