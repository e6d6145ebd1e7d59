import Cryptography
import XML
import XMLSignature

/// Computes one signature again, step by step, and looks for what was changed where a step fails.
struct SignatureExaminer {
    let inspector: MessageInspector
    let elements: ElementIndex
    let known: [KnownCertificate]
    let original: OriginalMessage?

    private var document: XMLDocument { inspector.document }

    func diagnosis(of node: NodeID) -> SignatureDiagnosis {
        let keys = KeyInfoInspector(document: document, identifiers: inspector.identifiers)
        let key = keys.key(of: node)
        let facts = key.facts(known: known)
        let candidates = candidates(for: key)
        do throws(XMLSignatureError) {
            let signature = try Signature(reading: node, in: document, limits: SignatureLimits())
            let subject = CanonicalSubject(
                document: document,
                node: signature.signedInfo.node,
                method: signature.signedInfo.canonicalization
            )
            let isSymmetric = if case .hmac = signature.signedInfo.method { true } else { false }
            let verifiedBy = names(of: candidates, over: subject.octets, of: signature)
            return SignatureDiagnosis(
                algorithm: signature.signedInfo.method.uri,
                key: facts,
                obstacle: nil,
                obstacleCode: nil,
                verifiedBy: verifiedBy,
                hasCandidates: !candidates.isEmpty,
                isSymmetric: isSymmetric,
                explanation: isSymmetric
                    ? nil : verifiedBy.isEmpty ? explanation(of: subject, signature, candidates) : nil,
                references: signature.signedInfo.references.map { reference in
                    ReferenceExaminer(inspector: inspector, elements: elements, known: known, original: original)
                        .diagnosis(of: reference, in: node)
                }
            )
        } catch {
            return SignatureDiagnosis(
                algorithm: "",
                key: facts,
                obstacle: error.description,
                obstacleCode: error.code,
                verifiedBy: [],
                hasCandidates: !candidates.isEmpty,
                isSymmetric: false,
                explanation: nil,
                references: []
            )
        }
    }

    /// The certificate of the message and all that are known: which of them made the signature is to be found out.
    private func candidates(for key: InspectedKey) -> [KnownCertificate] {
        guard let brought = key.certificate else { return known }
        return [KnownCertificate(name: Self.broughtName, certificate: brought)] + known
    }

    /// How the certificate that a message brings is called.
    static let broughtName = "the message's own certificate"

    private func names(
        of candidates: [KnownCertificate],
        over octets: [UInt8],
        of signature: Signature
    ) -> [String] {
        candidates.filter { isValid(signature, over: octets, $0) }.map(\.name)
    }

    private func isValid(_ signature: Signature, over octets: [UInt8], _ candidate: KnownCertificate) -> Bool {
        candidate.certificate.publicKey.verify(signature.value, over: octets, by: signature.signedInfo.method.algorithm)
    }

    private func explanation(
        of subject: CanonicalSubject,
        _ signature: Signature,
        _ candidates: [KnownCertificate]
    ) -> ChangeExplanation? {
        guard !candidates.isEmpty else { return nil }
        let octets = subject.octets
        for digest in DigestAlgorithm.allCases {
            for algorithm in [SignatureAlgorithm.rsaPKCS1(digest), .ecdsa(digest)]
            where candidates.contains(where: { candidate in
                candidate.certificate.publicKey.verify(signature.value, over: octets, by: algorithm)
            }) {
                return ChangeExplanation(cause: .otherHash, detail: "\(algorithm)", signedForm: octets)
            }
        }
        return ChangeHypothesis.explanation(of: subject) { form in
            candidates.contains { isValid(signature, over: form, $0) }
        }
    }
}
