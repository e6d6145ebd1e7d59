import Foundation
import Server

/// `metrics:` of a tenant's configuration.
struct MetricsSettings: Hashable {
    /// Where the scraper's token lies; nil when it has none.
    var token: SecretPlace?
    /// Whether everybody who reaches the management listener may read the metrics.
    var isOpen: Bool

    /// Reads the place of a token or `{open: true|false}`; open by default on a listener that only this machine reaches.
    init(_ node: ConfigurationNode?, listener: ListenAddress) throws(ConfigurationFault) {
        try node?.allow("tokenFile", "tokenEnvironment", "tokenCredential", "open")
        let word = try node?.optionalChild("open")?.flag()
        if let node, word != nil, node.optionalChild("tokenFile") != nil || node.optionalChild("tokenCredential") != nil
        {
            throw node.fault("both open and a token", mend: "write one of them")
        }
        token = if let node, word == nil { try SecretPlace(node, "token") } else { nil }
        isOpen = word ?? (token == nil && listener.isLoopback)
    }

    /// Who may read the metrics; throws when the token cannot be read or is short.
    func access(environment: [String: String]) throws(Failure) -> MetricsAccess {
        guard !isOpen else { return .open }
        guard let token else { return .token(digest: nil) }
        let secret = token.text(environment)?.trimmingCharacters(in: .whitespacesAndNewlines) ?? ""
        guard secret.count >= Self.leastLength else {
            throw Failure(
                "no token of \(Self.leastLength) or more characters for the metrics in \(token)",
                hint: "make one with: openssl rand -hex 32",
                status: .configuration
            )
        }
        return .token(secret)
    }

    private static let leastLength = 20
}
