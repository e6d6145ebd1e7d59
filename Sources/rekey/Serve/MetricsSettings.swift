import Foundation
import Server

/// `metrics:` of a tenant's configuration.
struct MetricsSettings: Hashable {
    /// The file of the scraper's token; nil when it has none.
    var tokenFile: String?
    /// Whether everybody who reaches the management listener may read the metrics.
    var isOpen: Bool

    /// Reads `{tokenFile: PATH}` or `{open: true|false}`; open by default on a listener that only this machine reaches.
    init(_ node: ConfigurationNode?, listener: ListenAddress) throws(ConfigurationFault) {
        try node?.allow("tokenFile", "open")
        tokenFile = try node?.optionalChild("tokenFile")?.path()
        let word = try node?.optionalChild("open")?.flag()
        if let node, tokenFile != nil, word == true {
            throw node.fault("open metrics need no token", mend: "write tokenFile or open")
        }
        isOpen = word ?? (tokenFile == nil && listener.isLoopback)
    }

    /// Who may read the metrics; throws when the token cannot be read or is short.
    func access() throws(Failure) -> MetricsAccess {
        guard !isOpen else { return .open }
        guard let tokenFile else { return .token(digest: nil) }
        let token = (try? FileInput.text(tokenFile))?.trimmingCharacters(in: .whitespacesAndNewlines) ?? ""
        guard token.count >= Self.leastLength else {
            throw Failure(
                "no token of \(Self.leastLength) or more characters for the metrics in \(tokenFile)",
                hint: "make one with: openssl rand -hex 32",
                status: .configuration
            )
        }
        return .token(token)
    }

    private static let leastLength = 20
}
