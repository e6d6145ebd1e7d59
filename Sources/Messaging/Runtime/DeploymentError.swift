/// Why a flow cannot be deployed or undeployed.
package enum DeploymentError: Error, Hashable, Sendable {
    /// There is no flow of that name.
    case unknownFlow(FlowID)
    /// Another flow has the path.
    case pathTaken(String, by: FlowID)
}

extension DeploymentError: CustomStringConvertible {
    /// The cause and what mends it.
    package var description: String {
        switch self {
        case .unknownFlow(let flow): "there is no flow '\(flow)': deploy its document first"
        case .pathTaken(let path, let owner): "the path \(path) belongs to the flow '\(owner)': use another one"
        }
    }
}
