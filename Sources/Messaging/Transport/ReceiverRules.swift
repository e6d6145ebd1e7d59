import Foundation
package import NIOCore
import NIOPosix

/// Where flows may send: which hosts, and which addresses that are not on the public Internet.
///
/// Names are held to the rules when a flow is deployed and before each message. Addresses are when a name is resolved at
/// deployment, and again when a connection stands, so that a name which leads elsewhere later leads nowhere.
package struct ReceiverRules: Sendable {
    /// The hosts that may be named; `nil` = every one.
    package var hosts: [ReceiverAllowance]?
    /// The loopback, private and link-local networks that may be reached; none unless they are listed.
    package var networks: [IPNetwork]

    /// Rules; without arguments every host with a public address may be reached.
    package init(hosts: [ReceiverAllowance]? = nil, networks: [IPNetwork] = []) {
        self.hosts = hosts
        self.networks = networks
    }

    /// Refuses a URL whose host or port is not allowed, and an address that must not be reached.
    package func check(url text: String) throws(ReceiverRefusal) {
        let host = try allowedHost(of: text)
        if let address = IPAddress(host) { try check(address) }
    }

    /// As ``check(url:)``, and refuses a name that leads to an address which must not be reached.
    ///
    /// A name that nothing is known of passes: it may be known when messages are sent.
    package func checkResolved(url text: String) async throws(ReceiverRefusal) {
        try check(url: text)
        let host = try allowedHost(of: text)
        let addresses = try? await NIOThreadPool.singleton.runIfActive { IPAddress.lookUp(host) }
        for address in addresses ?? [] { try check(address) }
    }

    /// Refuses a peer that must not be reached: the address at the other end of a connection.
    package func check(peer: SocketAddress?) throws(ReceiverRefusal) {
        guard let text = peer?.ipAddress, let address = IPAddress(text) else { throw .address("unknown") }
        try check(address)
    }

    private func allowedHost(of text: String) throws(ReceiverRefusal) -> String {
        guard let url = URL(string: text), let scheme = url.scheme, let named = url.host() else { throw .host(text) }
        let host = ReceiverAllowance.normalized(named)
        let usual = scheme == "https" ? 443 : 80
        let port = url.port ?? usual
        if let hosts, !hosts.contains(where: { $0.allows(host, port: port, usual: usual) }) {
            throw .host("\(host):\(port)")
        }
        return host
    }

    private func check(_ address: IPAddress) throws(ReceiverRefusal) {
        let faces = [address, address.destination]
        guard faces.contains(where: { face in IPNetwork.notPublic.contains { $0.contains(face) } }) else { return }
        guard networks.contains(where: { network in faces.contains(where: network.contains) }) else {
            throw .address(address.destination.description)
        }
    }
}

extension IPAddress: CustomStringConvertible {
    /// The usual text.
    var description: String {
        guard let address = try? SocketAddress(packedIPAddress: ByteBuffer(bytes: octets), port: 0) else { return "?" }
        return address.ipAddress ?? "?"
    }
}
