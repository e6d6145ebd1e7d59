/// One signature to make.
struct SignaturePlan {
    let settings: SignatureSettings
    let credential: SigningCredential
    /// 0 for the primary signature.
    let number: Int
    let identifiers: MessageIdentifiers
    /// The assertion that the message carries.
    let assertion: SAMLToken?

    var id: String { identifiers.signature(number) }

    var isPrimary: Bool { number == 0 }

    /// Whether the certificate travels as a token in the header.
    var includesToken: Bool { settings.includesToken ?? (!provesAssertion && settings.keyReference.needsToken) }

    /// Whether the signature proves that the sender holds the key that the assertion confirms.
    var provesAssertion: Bool { isPrimary && assertion?.confirmation == .holderOfKey }

    /// The content of `ds:KeyInfo`.
    var keyInfo: String {
        guard provesAssertion, let assertion else { return reference.text }
        return AssertionReferenceWriter(token: assertion).text(id: nil)
    }

    /// Whether the signature covers the assertion by way of a reference to it: the ids of SAML 1.1 are not known to every
    /// reader as ids (WSS SAML Token Profile 1.1.1 section 3.4).
    func dereferences(_ token: SAMLToken) -> Bool {
        (settings.parts.contains(.samlAssertion) || coversAssertionAsToken)
            && (settings.usesSTRTransform || token.version == .saml11)
    }

    /// Whether the settings want the signature's token signed, and that is the assertion.
    var coversAssertionAsToken: Bool { provesAssertion && settings.parts.contains(.signatureToken) }

    /// Whether the token is signed by way of its reference, because it has no element of its own or the settings want it.
    var dereferencesToken: Bool {
        !provesAssertion && settings.parts.contains(.signatureToken) && (settings.usesSTRTransform || !includesToken)
    }

    var reference: SecurityTokenReferenceWriter {
        SecurityTokenReferenceWriter(
            reference: settings.keyReference,
            certificate: credential.certificate,
            chain: credential.chain,
            tokenID: identifiers.signatureToken(number),
            keyName: settings.keyName,
            id: dereferencesToken ? identifiers.tokenReference(number) : nil
        )
    }

    /// The header's element with the token; `nil` when it does not travel there.
    var token: HeaderElement? {
        includesToken
            ? HeaderElement(
                isPrimary ? .signatureToken : nil,
                id: identifiers.signatureToken(number),
                text: reference.token
            ) : nil
    }
}
