/// The SAML assertion that a channel sends (WSS SAML Token Profile 1.1.1).
package enum ChannelAssertion: Hashable, Sendable {
    /// The one of the request that is forwarded, as its issuer made it.
    case ofRequest
    /// The one that the tenant's configuration keeps under that name.
    case configured(String)
}
