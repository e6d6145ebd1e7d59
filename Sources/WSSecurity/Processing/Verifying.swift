import Cryptography
import XML
import XMLSignature

extension Processing {
    /// Verifies one signature with the trusted certificate that it names, and notes the parts that it covers.
    mutating func verify(_ signature: Signature, in header: SecurityHeader) throws(SecurityFault) {
        if policy.order == .encryptThenSign, hasDecrypted {
            throw SecurityFault(.invalidSecurity, "a signature comes after decrypting; the policy demands it before")
        }
        let hint = try verificationHint(of: signature, in: header)
        self.hint = hint
        let certificate = try trustedCertificate(for: hint)
        let proof = try securityFault(
            hint: hint,
            fromSignature: signature.verify(
                with: certificate.publicKey,
                in: snapshot.document,
                elements: snapshot.elements
            )
        )
        if replayCache != nil { replayMarks.append(replayMark(of: signature, by: certificate.publicKey.spki)) }
        var places: [PartPlace] = []
        for element in proof.elements where element.isWhole {
            guard let place = snapshot.place(of: element.node) else { continue }
            places.append(place)
            signed[place] = element.canonicalization
        }
        signatures.append(
            SignatureResult(
                certificate: certificate,
                hint: hint,
                places: places,
                method: proof.method,
                value: proof.signatureValue
            )
        )
    }

    private func verificationHint(
        of signature: Signature,
        in header: SecurityHeader
    ) throws(SecurityFault) -> KeyHint {
        let reference = try SecurityTokenReference(
            in: signature.keyInfo,
            of: snapshot.document,
            elements: snapshot.elements,
            header: header.node,
            keys: keys
        )
        guard case .key(let hint) = reference else {
            throw SecurityFault(.unsupportedSecurityToken, "signatures with a wrapped key are not supported")
        }
        return hint
    }

    /// The one trusted certificate that `hint` fits.
    ///
    /// One that the message brought must be that very certificate.
    private func trustedCertificate(for hint: KeyHint) throws(SecurityFault) -> Certificate {
        let candidates = keys.verificationCertificates(for: hint)
        guard let certificate = candidates.first else {
            if case .certificate = hint {
                let cause =
                    "the message's certificate is not one that is trusted here: register it if it is the partner's"
                throw SecurityFault(.failedAuthentication, cause, hint: hint)
            }
            let cause = "no trusted certificate is the one that the signature names"
            throw SecurityFault(.securityTokenUnavailable, cause, hint: hint)
        }
        guard candidates.count == 1 else {
            let cause = "\(candidates.count) trusted certificates fit the signature's key reference: remove all but one"
            throw SecurityFault(.securityTokenUnavailable, cause, hint: hint)
        }
        guard hint.fits(certificate) else {
            throw SecurityFault(.failedAuthentication, "the trusted certificate is not the one named", hint: hint)
        }
        guard certificate.isValid(at: now) else {
            let cause = "the trusted certificate that signed is expired or not yet valid"
            throw SecurityFault(.failedAuthentication, cause, hint: hint)
        }
        return certificate
    }
}
