/// Why a flow may not send to where its URL leads.
package enum ReceiverRefusal: Error, Hashable, Sendable {
    /// The configuration does not allow that host and port.
    case host(String)
    /// The address is on no public network, and the configuration does not list its network.
    case address(String)
}

extension ReceiverRefusal: CustomStringConvertible {
    /// The cause.
    package var description: String {
        switch self {
        case .host(let host): "the receiver \(host) is not allowed"
        case .address(let address): "the receiver's address \(address) is not public, and its network is not allowed"
        }
    }

    /// What mends it.
    package var mend: String {
        switch self {
        case .host(let host): "add \"\(host)\" to `receivers.allow` in the tenant's configuration"
        case .address: "add the address or its network to `receivers.networks` in the tenant's configuration"
        }
    }
}
