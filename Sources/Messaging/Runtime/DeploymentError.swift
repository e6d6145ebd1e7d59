/// Why a flow cannot be deployed or undeployed.
package enum DeploymentError: Error, Hashable, Sendable {
    /// There is no flow of that name.
    case unknownFlow(FlowID)
    /// Another flow has the path.
    case pathTaken(String, by: FlowID)
    /// The flow sends the token of a user whom the configuration does not have.
    case unknownCredential(String, in: FlowID)
    /// The flow saves messages, and the configuration has no archive.
    case missingArchive(FlowID)
}

extension DeploymentError: CustomStringConvertible {
    /// The cause and what mends it.
    package var description: String {
        switch self {
        case .unknownFlow(let flow): "there is no flow '\(flow)': deploy its document first"
        case .pathTaken(let path, let owner): "the path \(path) belongs to the flow '\(owner)': use another one"
        case .unknownCredential(let name, let flow):
            "the flow '\(flow)' names the credential \(name): add it to `credentials` in the tenant's configuration"
        case .missingArchive(let flow):
            "the flow '\(flow)' saves messages: add `archive` with a folder to the tenant's configuration"
        }
    }
}
