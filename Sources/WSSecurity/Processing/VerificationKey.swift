import Cryptography
import XML
import XMLSignature

/// The trusted key that a signature names.
struct VerificationKey {
    let key: VerifyingKey
    let signer: Signer
    let hint: KeyHint
    /// The token that holds it, where the message brings one.
    let token: NodeID?
}

extension Processing {
    /// The key for `signature`: a shared one for HMAC, a certificate's or a confirmed one for all else.
    mutating func verificationKey(
        of signature: Signature,
        by reader: TokenReader,
        in header: SecurityHeader
    ) throws(SecurityFault) -> VerificationKey {
        let isShared = if case .hmac = signature.signedInfo.method { true } else { false }
        switch try reader.namedKey(in: signature.keyInfo) {
        case .hinted(let hints):
            hint = hints.primary
            if isShared {
                let shared = try sharedKey(for: hints)
                return VerificationKey(
                    key: .secret(shared.secret),
                    signer: .sharedKey(name: shared.name),
                    hint: hints.primary,
                    token: nil
                )
            }
            let certificate = try trustedCertificate(for: hints)
            return VerificationKey(
                key: .publicKey(certificate.publicKey),
                signer: .certificate(certificate),
                hint: hints.primary,
                token: hints.token
            )
        case .encryptedKey:
            throw SecurityFault(.unsupportedSecurityToken, "signatures with a wrapped key are not supported")
        case .assertion(let node):
            return try confirmedKey(of: accept(assertion: node, in: header), at: node)
        }
    }

    /// The key that an assertion of a trusted issuer confirms.
    private func confirmedKey(of result: AssertionResult, at node: NodeID) throws(SecurityFault) -> VerificationKey {
        guard let issuer = result.issuer, let key = result.confirmedKey else {
            let cause =
                "the signature's key is that of a SAML assertion that no trusted issuer signed, or without a key"
            throw SecurityFault(.failedAuthentication, cause)
        }
        let subject = SAMLSubject(
            assertionID: result.assertion.id,
            name: result.assertion.subject,
            publicKey: key,
            issuer: issuer
        )
        return VerificationKey(
            key: .publicKey(key),
            signer: .samlSubject(subject),
            hint: .publicKey(subjectPublicKeyInfo: key.spki),
            token: node
        )
    }

    /// The one trusted certificate that all hints fit.
    ///
    /// One that the message brought must be that very certificate.
    private func trustedCertificate(for hints: KeyHints) throws(SecurityFault) -> Certificate {
        let hint = hints.primary
        let candidates = keys.verificationCertificates(for: hint)
        guard !candidates.isEmpty else {
            if case .certificate = hint {
                let cause =
                    "the message's certificate is not one that is trusted here: register it if it is the partner's"
                throw SecurityFault(.failedAuthentication, cause, hint: hint)
            }
            let cause = "no trusted certificate is the one that the signature names"
            throw SecurityFault(.securityTokenUnavailable, cause, hint: hint)
        }
        guard candidates.contains(where: { hint.fits($0) }) else {
            throw SecurityFault(.failedAuthentication, "the trusted certificate is not the one named", hint: hint)
        }
        let fitting = candidates.filter { hints.agree(on: $0) }
        // Of several certificates of one key, renewed in the course of time, any valid one will do.
        guard let certificate = fitting.first(where: { $0.isValid(at: now) }) ?? fitting.first else {
            throw SecurityFault(.invalidSecurity, "the references in ds:KeyInfo contradict one another", hint: hint)
        }
        guard fitting.allSatisfy({ $0.publicKey == certificate.publicKey }) else {
            let cause = "\(fitting.count) trusted certificates fit the signature's key reference: remove all but one"
            throw SecurityFault(.securityTokenUnavailable, cause, hint: hint)
        }
        guard certificate.isValid(at: now) else {
            let cause = "the trusted certificate that signed is expired or not yet valid"
            throw SecurityFault(.failedAuthentication, cause, hint: hint)
        }
        return certificate
    }
}
