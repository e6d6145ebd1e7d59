import FoundationEssentials

/// What failed signatures mean.
struct SignatureFindings {
    let signatures: [SignatureDiagnosis]
    let known: [KnownCertificate]
    let moment: Date

    var list: [DiagnosisFinding] {
        changes + signatures.flatMap { unexplained($0) + keys($0) }
    }

    /// Reproduced changes, each once with all that it explains.
    private var changes: [DiagnosisFinding] {
        ChangeCause.allCases.compactMap { cause in
            var evidence: [String] = []
            for signature in signatures {
                if let found = signature.explanation, found.cause == cause {
                    evidence.append("undoing it makes the signature value fit" + detail(found))
                }
                for reference in signature.references {
                    guard let found = reference.explanation, found.cause == cause else { continue }
                    evidence.append(
                        "undoing it reproduces the digest of \(reference.target ?? reference.uri)" + detail(found)
                    )
                    if let difference = reference.difference { evidence += lines(difference) }
                }
            }
            guard !evidence.isEmpty else { return nil }
            return DiagnosisFinding(.failedCheck, cause.text, evidence: evidence, remedy: cause.remedy)
        }
    }

    private func detail(_ explanation: ChangeExplanation) -> String { explanation.detail.map { " (\($0))" } ?? "" }

    private func lines(_ difference: OctetDifference) -> [String] {
        ["octet \(difference.offset): signed   \(difference.expected)", "     received \(difference.received)"]
    }

    private func unexplained(_ signature: SignatureDiagnosis) -> [DiagnosisFinding] {
        if let obstacle = signature.obstacle {
            return [DiagnosisFinding(signature.obstacleCode ?? .invalidSecurity, obstacle)]
        }
        return signature.references.filter { !$0.isSound && $0.explanation == nil }.map(changed)
    }

    private func changed(_ reference: ReferenceDiagnosis) -> DiagnosisFinding {
        guard let target = reference.target else {
            let text = "the signature refers to \(reference.uri), which no element, or more than one, has as its id"
            return DiagnosisFinding(.failedCheck, text)
        }
        var evidence = ["ds:DigestValue \(reference.expectedDigest), computed \(reference.actualDigest ?? "nothing")"]
        if let element = reference.element { evidence.append("\(element.path): \(element.text)") }
        if let difference = reference.difference { evidence += lines(difference) }
        if reference.isEncrypted {
            return DiagnosisFinding(
                nil,
                "the digest of \(target) cannot be judged: it is encrypted, and was perhaps signed before",
                remedy: "give the key that opens it"
            )
        }
        switch reference.originalMatches {
        case true?: evidence.append("the original has the digest: the change came after signing")
        case false?: evidence.append("the original does not have the digest either: it is not what was signed")
        case nil: break
        }
        return DiagnosisFinding(
            .failedCheck,
            "\(target) was changed after it was signed; no usual change reproduces its digest",
            evidence: evidence,
            remedy: reference.originalMatches == nil
                ? "compare with the message as the sender has it: --original FILE" : nil
        )
    }

    private func keys(_ signature: SignatureDiagnosis) -> [DiagnosisFinding] {
        guard signature.obstacle == nil else { return [] }
        guard !signature.isSymmetric else {
            let text = "signed with a shared secret (HMAC): its value is not judged here, the digests are"
            return [DiagnosisFinding(nil, text)]
        }
        guard signature.hasCandidates else {
            let text = "no certificate to verify with: the message names its key by \(signature.key.text)"
            return [DiagnosisFinding(.securityTokenUnavailable, text, remedy: "give it with --certificate")]
        }
        if signature.verifiedBy.isEmpty {
            return signature.explanation == nil ? [wrongKey(signature)] : []
        }
        return otherKey(signature) + validity(signature)
    }

    /// Whether the certificate that the message names is at hand: brought along, or given.
    private func isAtHand(_ key: MessageInspection.Key) -> Bool { key.fingerprint != nil }

    private func wrongKey(_ signature: SignatureDiagnosis) -> DiagnosisFinding {
        let evidence =
            ["named: \(signature.key.text)"] + known.map { "tried: \($0.name), \($0.certificate.subject)" }
        guard isAtHand(signature.key) else {
            return DiagnosisFinding(
                .securityTokenUnavailable,
                "the certificate that the message names is not given, and no given one made the signature",
                evidence: evidence,
                remedy: "ask the sender for the certificate that it signs with now, and give it with --certificate"
            )
        }
        return DiagnosisFinding(
            .failedCheck,
            "the signature value does not fit the key that it names, nor any given one: ds:SignedInfo was changed, or "
                + "another key signed",
            evidence: evidence,
            remedy: "ask the sender for the certificate that it signs with now"
        )
    }

    /// The value is sound, but under a key other than the one named, or one that is not known here.
    private func otherKey(_ signature: SignatureDiagnosis) -> [DiagnosisFinding] {
        let names = signature.verifiedBy.filter { $0 != SignatureExaminer.broughtName }
        guard !known.isEmpty else { return [] }
        if names.isEmpty {
            return [
                DiagnosisFinding(
                    .failedAuthentication,
                    "the signature is sound, but its certificate is none of those given",
                    evidence: ["signed by: \(signature.key.text)"],
                    remedy: "register it if the partner confirms its fingerprint: the key was perhaps renewed"
                )
            ]
        }
        guard signature.key.knownAs.isEmpty else { return [] }
        let made = "the key of \(names.joined(separator: ", ")) made the signature"
        guard signature.key.namesCertificate else {
            let text = "the message names its key by \(signature.key.text); \(made)"
            return [DiagnosisFinding(nil, text, remedy: "ask the sender to name its certificate")]
        }
        return [
            DiagnosisFinding(
                .securityTokenUnavailable,
                "wrong certificate version: the message names one that is not given, but \(made)",
                evidence: ["named: \(signature.key.text)"],
                remedy: "register the certificate that is named: the partner renewed it and kept its key"
            )
        ]
    }

    private func validity(_ signature: SignatureDiagnosis) -> [DiagnosisFinding] {
        guard let end = signature.key.notAfter, let start = signature.key.notBefore, moment < start || moment > end
        else { return [] }
        let isOver = moment > end
        return [
            DiagnosisFinding(
                .failedAuthentication,
                isOver
                    ? "the signer's certificate ended \(TimeSpan.text(moment.timeIntervalSince(end))) before"
                    : "the signer's certificate begins \(TimeSpan.text(start.timeIntervalSince(moment))) later",
                evidence: ["valid \(DateTime.text(of: start)) to \(DateTime.text(of: end))"],
                remedy: "the signer renews its certificate, or the clock is wrong"
            )
        ]
    }
}
