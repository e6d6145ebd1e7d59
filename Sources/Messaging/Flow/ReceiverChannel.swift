package import Keystore

/// The outbound end of a flow: where its messages go, and what the receiver's answer must satisfy.
package struct ReceiverChannel: Sendable {
    /// The partner who receives.
    package let partner: PartnerID
    /// The receiver's endpoint, `http` or `https`; redirects away from it are not followed.
    package let url: String
    /// The TLS towards it; `nil` = the system's roots, and no client certificate.
    package let tls: ReceiverTLS?
    /// How long one exchange with the receiver may take.
    package let timeout: Duration
    /// Whether requests are sent compressed, and compressed answers asked for.
    package let compresses: Bool
    /// How a request is protected.
    package let request: ChannelProtection
    /// What an answer must satisfy; `nil` in a one-way flow, whose receiver answers with a status alone, and in a robust one
    /// whose faults nothing vouches for.
    package let response: ChannelPolicy?
    /// The harmless message by which a new key is tried out before it is used; `nil` = none is agreed.
    package let probe: FlowProbe?
    /// Whether a growing share of requests tries a new key out before it is used for all.
    package let triesKeysByShare: Bool
}
