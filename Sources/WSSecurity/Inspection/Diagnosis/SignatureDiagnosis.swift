/// What came out when one signature was computed again, each step apart.
package struct SignatureDiagnosis: Encodable, Sendable {
    /// The URI of the algorithm.
    package let algorithm: String
    /// What the message says of the key.
    package let key: MessageInspection.Key
    /// Why the signature could not be computed at all; `nil` when it could.
    package let obstacle: String?
    /// The fault code of the obstacle.
    package let obstacleCode: SecurityFault.Code?
    /// The names of the certificates whose key made the signature value; empty when no known one did.
    package let verifiedBy: [String]
    /// Whether a certificate was there to compute with.
    package let hasCandidates: Bool
    /// Whether it was made with a shared secret, which no certificate can verify.
    package let isSymmetric: Bool
    /// What happened to `ds:SignedInfo`, when that is known.
    package let explanation: ChangeExplanation?
    /// The references, in their order.
    package let references: [ReferenceDiagnosis]

    /// Whether signature value and references are all in order.
    package var isSound: Bool {
        obstacle == nil && (isSymmetric || !verifiedBy.isEmpty) && references.allSatisfy(\.isSound)
    }
}

/// What came out when one reference was digested again.
package struct ReferenceDiagnosis: Encodable, Sendable {
    /// The URI as written.
    package let uri: String
    /// The element that it leads to, such as `body`; `nil` when it leads to none.
    package let target: String?
    /// Whether the digest is the one in the message.
    package let isSound: Bool
    /// The digest in the message, as Base64.
    package let expectedDigest: String
    /// The digest of what was received, as Base64; `nil` when there was nothing to digest.
    package let actualDigest: String?
    /// Whether the element holds encrypted data: the digest may be that of the plaintext.
    package let isEncrypted: Bool
    /// What happened, when a change reproduces the digest.
    package let explanation: ChangeExplanation?
    /// Whether the original message has the digest; `nil` when no original was given, or it has no such element.
    package let originalMatches: Bool?
    /// The first difference between the signed form and the received one.
    package let difference: OctetDifference?
    /// The same in the original's elements, where an original was given.
    package let element: ElementDifference?
    /// The canonical form that was received.
    package let receivedForm: [UInt8]?
    /// The canonical form that was signed: of the original, or reproduced.
    package let signedForm: [UInt8]?

    private enum CodingKeys: String, CodingKey {
        case uri
        case target
        case isSound
        case expectedDigest
        case actualDigest
        case isEncrypted
        case explanation
        case originalMatches
        case difference
        case element
    }
}
