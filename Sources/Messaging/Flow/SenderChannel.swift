package import Keystore
package import WSSecurity

/// The inbound end of a flow: where its messages come in, and how the sender is answered.
package struct SenderChannel: Sendable {
    /// The partner whose messages are accepted here, and no other's.
    package let partner: PartnerID
    /// The path of the endpoint, such as `/in/orders`; unique in the tenant.
    package let path: String
    /// The SOAP version that the sender speaks; the receiver is sent the same.
    package let soapVersion: SOAPVersion
    /// How the sender shows who it is before its message is read.
    package let authorisation: SenderAuthorisation
    /// What is done with header blocks that must be understood.
    package let mustUnderstand: MustUnderstand
    /// Where senders reach the endpoint, such as `https://gateway.example`: the receiver's WSDL is served with this address; `nil` =
    /// it is not served.
    package let wsdlBase: String?
    /// What a request must satisfy.
    package let request: ChannelPolicy
    /// How an answer is protected; `nil` in a one-way flow, which answers with a status alone, and in a robust one whose
    /// faults go unprotected.
    package let response: ChannelProtection?
    /// Whether the sender's own stack may try a new key out at ``selfTestPath`` before it is used.
    package let allowsSelfTest: Bool

    /// Where the sender's stack tries a new key out; `nil` = nowhere.
    package var selfTestPath: String? { allowsSelfTest ? path + Self.selfTestSuffix : nil }

    private static let selfTestSuffix = "/self-test"

    /// The path of the endpoint whose self-test would be at `path`; `nil` when none would.
    static func path(ofSelfTest path: String) -> String? {
        path.hasSuffix(selfTestSuffix) ? String(path.dropLast(selfTestSuffix.count)) : nil
    }
}
