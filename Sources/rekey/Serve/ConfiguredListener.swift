import Keystore
import Messaging
import Server

/// Where a listener is bound, and its TLS.
struct ConfiguredListener: Hashable {
    let address: ListenAddress
    /// nil for a listener in the clear.
    let tls: TLSTerms?

    /// What it finds out about callers.
    var transport: ListenerTransport {
        tls.map { $0.clientCertificates == .none ? .tls : .clientCertificates } ?? .plain
    }

    /// Reads `HOST:PORT`, or `{address: HOST:PORT, tls: {alias: KEY, clientCertificates: none|optional|required}}`.
    ///
    /// A listener that `recognisesClients` by other means has no `clientCertificates`.
    init(_ node: ConfigurationNode, recognisesClients: Bool) throws(ConfigurationFault) {
        guard node.isMapping else {
            (address, tls) = (try ListenAddress(node), nil)
            return
        }
        try node.allow("address", "tls")
        address = try ListenAddress(node.child("address", mend: "write HOST:PORT"))
        tls = try node.optionalChild("tls")
            .map { node throws(ConfigurationFault) in
                try TLSTerms(node, recognisesClients: recognisesClients)
            }
    }
}

extension TLSTerms {
    fileprivate init(_ node: ConfigurationNode, recognisesClients: Bool) throws(ConfigurationFault) {
        let mend = "name the key of the keystore whose certificate the listener shows"
        if recognisesClients { try node.allow("alias") } else { try node.allow("alias", "clientCertificates") }
        let name = try node.child("alias", mend: mend)
        guard let alias = try KeyAlias(rawValue: name.text()) else {
            throw try name.fault("`\(name.text())` is not an alias", mend: "use 1 to 64 of a-z 0-9 . _ -")
        }
        let clients = try node.optionalChild("clientCertificates")?.word(ClientCertificates.self)
        self.init(alias: alias, clientCertificates: clients ?? .none)
    }
}

extension ConfiguredListener: CustomStringConvertible {
    /// Such as `127.0.0.1:8443 with TLS by tenant-tls`.
    var description: String {
        "\(address.host):\(address.port)" + (tls.map { " with TLS by \($0.alias)" } ?? "")
    }
}
