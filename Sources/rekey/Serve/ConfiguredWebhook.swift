import Foundation
import Informing
import Renewal

/// An item of `informs.webhooks`: a system that is told what an organisation is told.
struct ConfiguredWebhook {
    /// How it is called.
    let name: String
    /// Where it takes events.
    let url: String
    /// Whose notifications it gets.
    let subscription: InformDirectory.Subscription
    /// Where the secret of its signatures lies.
    let secret: SecretPlace
    /// The authorities to trust; nil for the system's.
    let trust: String?

    /// Reads `{name: …, url: https://…, organisation: …, role: …, secretFile: …, trust: …}`.
    init(_ node: ConfigurationNode) throws(ConfigurationFault) {
        try node.allow(
            "name",
            "url",
            "organisation",
            "role",
            "secretFile",
            "secretEnvironment",
            "secretCredential",
            "trust"
        )
        name = try node.child("name", mend: "name the webhook").text()
        let place = try node.child("url", mend: "write the https address that takes events")
        url = try place.text()
        let parsed = URL(string: url)
        let isLocal = parsed?.host() == "127.0.0.1" || parsed?.host() == "localhost"
        guard parsed?.host() != nil, parsed?.scheme == "https" || parsed?.scheme == "http" && isLocal else {
            throw place.fault("`\(url)` is no https address", mend: "write https://HOST/PATH; http is for this machine")
        }
        subscription = try InformDirectory.Subscription(
            webhook: name,
            organisation: node.child("organisation", mend: "the tenant's organisation, or a partner's id").text(),
            role: node.optionalChild("role")?.word(Role.self)
        )
        secret = try SecretPlace(node, "secret")
        trust = try node.optionalChild("trust")?.path()
    }

    /// The webhook, with the secret read.
    func webhook(environment: [String: String]) throws(Failure) -> Webhook {
        let text = secret.text(environment)?.trimmingCharacters(in: .whitespacesAndNewlines) ?? ""
        guard let webhook = Webhook(name: name, url: url, secret: text, trust: trust) else {
            throw Failure(
                "no secret of 24 or more octets for the webhook \(name) in \(secret)",
                hint: "make one with: echo whsec_$(openssl rand -base64 32)",
                status: .configuration
            )
        }
        return webhook
    }
}
