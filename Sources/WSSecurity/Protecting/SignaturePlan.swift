/// One signature to make.
struct SignaturePlan {
    let settings: SignatureSettings
    let credential: SigningCredential
    /// 0 for the primary signature.
    let number: Int
    let identifiers: MessageIdentifiers

    var id: String { identifiers.signature(number) }

    var isPrimary: Bool { number == 0 }

    /// Whether the certificate travels as a token in the header.
    var includesToken: Bool { settings.includesToken ?? settings.keyReference.needsToken }

    /// Whether the token is signed by way of its reference, because it has no element of its own or the settings want it.
    var dereferencesToken: Bool {
        settings.parts.contains(.signatureToken) && (settings.usesSTRTransform || !includesToken)
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
