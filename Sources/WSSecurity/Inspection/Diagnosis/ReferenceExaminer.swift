import Cryptography
import XML
import XMLEncryption
import XMLSignature

/// Digests what one reference leads to, and looks for what was changed where the digest differs.
struct ReferenceExaminer {
    let inspector: MessageInspector
    let elements: ElementIndex
    let known: [KnownCertificate]
    let original: OriginalMessage?

    private var document: XMLDocument { inspector.document }

    /// The reference of the signature at `signature`.
    func diagnosis(of reference: Reference, in signature: NodeID) -> ReferenceDiagnosis {
        guard let node = elements[reference.id] else { return missing(reference) }
        guard !reference.transforms.isTokenReference else { return token(reference, node, in: signature) }
        let subject = CanonicalSubject(
            document: document,
            node: node,
            method: reference.transforms.canonicalization,
            omitted: reference.transforms.isEnveloped ? signature : nil
        )
        let form = subject.octets
        let digest = reference.digest.digest(of: form)
        guard digest != reference.digestValue else {
            return diagnosis(reference, subject, digest: digest, form: nil, explanation: nil)
        }
        let explanation =
            ChangeHypothesis.explanation(of: subject) { reference.digest.digest(of: $0) == reference.digestValue }
            ?? otherElement(reference, besides: node)
        return diagnosis(reference, subject, digest: digest, form: form, explanation: explanation)
    }

    private func diagnosis(
        _ reference: Reference,
        _ subject: CanonicalSubject,
        digest: [UInt8],
        form: [UInt8]?,
        explanation: ChangeExplanation?
    ) -> ReferenceDiagnosis {
        let place = inspector.place(subject.node)
        let source =
            form == nil ? nil : original?.element(like: subject.node, id: reference.id, place: place, of: document)
        let originalForm = source.map { $0.document.canonicalOctets(of: $0.node, by: subject.method) }
        let originalMatches = originalForm.map { reference.digest.digest(of: $0) == reference.digestValue }
        let signedForm = explanation?.signedForm ?? originalForm
        return ReferenceDiagnosis(
            uri: "#" + reference.id,
            target: place,
            isSound: form == nil,
            expectedDigest: Base64.encode(reference.digestValue),
            actualDigest: Base64.encode(digest),
            isEncrypted: holdsEncryptedData(subject.node),
            explanation: explanation,
            originalMatches: originalMatches,
            difference: form.flatMap { form in signedForm.flatMap { OctetDifference(expected: $0, received: form) } },
            element: source.flatMap {
                ElementComparison(original: $0.document, received: document).firstDifference($0.node, subject.node)
            },
            receivedForm: form ?? subject.octets,
            signedForm: signedForm
        )
    }

    /// The STR-Transform: what is digested is the token that the reference at `node` names.
    private func token(_ reference: Reference, _ node: NodeID, in signature: NodeID) -> ReferenceDiagnosis {
        let reader = TokenReader(
            document: document,
            elements: elements,
            header: document.parent(of: signature) ?? document.root,
            keys: StaticTrustedKeys(verifying: known.map(\.certificate)),
            allowsForeignIdentifiers: true
        )
        let form = reader.transformed(node, by: reference.transforms.canonicalization)
        let digest = form.map { reference.digest.digest(of: $0) }
        return ReferenceDiagnosis(
            uri: "#" + reference.id,
            target: inspector.place(node),
            isSound: digest == reference.digestValue,
            expectedDigest: Base64.encode(reference.digestValue),
            actualDigest: digest.map(Base64.encode),
            isEncrypted: false,
            explanation: nil,
            originalMatches: nil,
            difference: nil,
            element: nil,
            receivedForm: form,
            signedForm: nil
        )
    }

    private func missing(_ reference: Reference) -> ReferenceDiagnosis {
        ReferenceDiagnosis(
            uri: "#" + reference.id,
            target: nil,
            isSound: false,
            expectedDigest: Base64.encode(reference.digestValue),
            actualDigest: nil,
            isEncrypted: false,
            explanation: nil,
            originalMatches: nil,
            difference: nil,
            element: nil,
            receivedForm: nil,
            signedForm: nil
        )
    }

    private func holdsEncryptedData(_ node: NodeID) -> Bool {
        ([node] + document.descendants(of: node))
            .contains { document.isNamed($0, "EncryptedData", in: XMLEncryptionNamespace.encryption) }
    }

    private static let limit = 64

    /// Another element whose digest it is: one that carries an id, a header block, Body, or a Body elsewhere.
    private func otherElement(_ reference: Reference, besides node: NodeID) -> ChangeExplanation? {
        let identified = document.attributes(named: MessageSnapshot.identifiers + [ExpandedName("Id")]).map(\.element)
        let bodies = document.descendants(of: document.root)
            .filter { document.isNamed($0, "Body", in: inspector.layout.version.namespace) }
        for other in (bodies + inspector.layout.blocks + identified).prefix(Self.limit) where other != node {
            let form = document.canonicalOctets(of: other, by: reference.transforms.canonicalization)
            guard reference.digest.digest(of: form) == reference.digestValue else { continue }
            let line = document.lineAndColumn(at: document.range(of: other).lowerBound).line
            let detail = "\(document.standardName(of: other)) on line \(line)"
            return ChangeExplanation(cause: .otherElement, detail: detail, signedForm: form)
        }
        return nil
    }
}
