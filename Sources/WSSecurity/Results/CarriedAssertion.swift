public import FoundationEssentials

/// A SAML assertion in the Security header, in time and with its own signature verified where it has one.
///
/// Only the processor makes one. What it says is worth what `issuer` and `isCovered` say.
public struct CarriedAssertion: Sendable {
    /// The version of SAML.
    public enum Version: String, CaseIterable, Codable, Hashable, Sendable {
        /// SAML 1.0 and 1.1, which share a namespace.
        case saml11 = "1.1"
        /// SAML 2.0.
        case saml20 = "2.0"
    }

    /// How the subject is confirmed (SAML Token Profile 1.1.1 section 3.5).
    public enum Confirmation: String, CaseIterable, Codable, Hashable, Sendable {
        /// Who sends proves to hold the key that the assertion names.
        case holderOfKey
        /// The sender vouches for the subject.
        case senderVouches
        /// Whoever bears the assertion.
        case bearer
        /// Another way, or none.
        case other
    }

    /// The version.
    public let version: Version
    /// The assertion's id.
    public let id: String
    /// The issuer's name as written; a name only.
    public let issuerName: String
    /// The subject's name as written; `nil` when there is none.
    public let subject: String?
    /// How the subject is confirmed.
    public let confirmation: Confirmation
    /// From when on it holds, if it says so.
    public let notBefore: Date?
    /// When it ends, if it says so.
    public let notOnOrAfter: Date?
    /// The certificate of the trusted issuer whose signature within the assertion was verified; `nil` without one.
    public let issuer: Certificate?
    /// Whether one signature that counts for the policy covers it and all that the policy demands signed.
    public let isCovered: Bool
    /// Whether a signature by the key that the assertion confirms covers all that the policy demands signed.
    public let isKeyProved: Bool
    /// The assertion in exclusive canonical form, comments left out.
    public let octets: [UInt8]
}
