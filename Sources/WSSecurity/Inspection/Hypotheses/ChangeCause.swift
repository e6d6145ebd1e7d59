/// What can have happened to a message between its signing and its arrival, or was wrong with the signing.
package enum ChangeCause: String, Codable, CaseIterable, Hashable, Sendable {
    case whiteSpaceAdded
    case whiteSpaceRemoved
    case valuesPadded
    case lineEndsChanged
    case otherCanonicalization
    case namespacesChanged
    case attributeAdded
    case textReencoded
    case otherElement
    case otherHash

    /// What happened, in words.
    package var text: String {
        switch self {
        case .whiteSpaceAdded: "white space was put between elements after signing (the message was formatted)"
        case .whiteSpaceRemoved: "white space between elements was removed or changed after signing"
        case .valuesPadded: "white space was put round values after signing"
        case .lineEndsChanged: "line ends were changed after signing"
        case .otherCanonicalization: "the signer canonicalized in another way than the message says"
        case .namespacesChanged: "namespace declarations outside of the signed element were changed after signing"
        case .attributeAdded: "an attribute of the signed element was added after its digest was made"
        case .textReencoded: "characters beyond ASCII were re-encoded after signing"
        case .otherElement: "the digest is that of another element: the reference leads to the wrong one"
        case .otherHash: "the signature was made with another hash than the message says"
        }
    }

    /// What would mend it.
    package var remedy: String {
        switch self {
        case .whiteSpaceAdded, .whiteSpaceRemoved, .valuesPadded:
            "find the step that formats or logs the message between signing and sending, and let it pass octets through"
        case .lineEndsChanged: "transfer the message as binary; no step may turn CR LF into LF or back"
        case .otherCanonicalization: "the sender's stack must use the algorithm that it names in the message"
        case .namespacesChanged:
            "sign with exclusive C14N and list needed prefixes, or sign after the last step that changes the envelope"
        case .attributeAdded: "the sender must add ids and SOAP attributes before it digests"
        case .textReencoded: "state the charset in Content-Type, and let no step read UTF-8 as another one"
        case .otherElement: "treat it as an attack (signature wrapping) unless the sender's ids are known to be wrong"
        case .otherHash: "the sender's SignatureMethod must name the hash that it uses"
        }
    }
}

/// A change that reproduces what was signed: not a guess.
package struct ChangeExplanation: Encodable, Hashable, Sendable {
    /// What happened.
    package let cause: ChangeCause
    /// Which attribute, prefix, algorithm or element; `nil` when the cause says all.
    package let detail: String?
    /// The canonical form as it was signed.
    package let signedForm: [UInt8]

    private enum CodingKeys: String, CodingKey {
        case cause
        case detail
    }
}
