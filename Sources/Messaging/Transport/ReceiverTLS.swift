package import Keystore
import NIOSSL

/// The TLS of a flow towards its receiver; the name of the host is always verified.
package struct ReceiverTLS: Hashable, Sendable {
    /// The lowest version that is spoken.
    package enum Version: String, Hashable, Sendable, CaseIterable {
        case tls12 = "1.2"
        case tls13 = "1.3"
    }

    /// The aliases of the receiver's certificates that are trusted, with those above them; none = the system's roots.
    package var trust: [KeyAlias] = []
    /// The alias of the tenant's certificate that is shown when the receiver asks for one.
    package var certificate: KeyAlias?
    /// The lowest version that is spoken.
    package var minimumVersion = Version.tls12
}

extension ReceiverTLS {
    /// Reads `{trust: [ALIAS, …], certificate: ALIAS, minimumVersion: "1.2"}`.
    init(reading reader: consuming FlowReader) throws(FlowError) {
        trust = try reader.aliases("trust")
        certificate = try reader.alias("certificate")
        minimumVersion = try reader.choice("minimumVersion", of: Version.allCases.map { ($0.rawValue, $0) }) ?? .tls12
        try reader.end()
    }
}

extension ReceiverTLS.Version {
    /// The version as NIOSSL calls it.
    var version: TLSVersion {
        switch self {
        case .tls12: .tlsv12
        case .tls13: .tlsv13
        }
    }
}
