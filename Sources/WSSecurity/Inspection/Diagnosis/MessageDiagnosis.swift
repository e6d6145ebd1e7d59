package import FoundationEssentials
import XML
import XMLSignature

/// Why a message does not verify, computed without any trust: the most important finding first.
package struct MessageDiagnosis: Encodable, Sendable {
    /// What was found; those with a code are reasons to refuse the message.
    package let findings: [DiagnosisFinding]
    /// The signatures of all Security headers, in their order.
    package let signatures: [SignatureDiagnosis]

    /// The reason to refuse the message that counts most; `nil` when there is none.
    package var refusal: DiagnosisFinding? { findings.first { $0.code != nil } }

    /// Judges `message` at `moment`.
    ///
    /// `known` are the certificates that the administrator has, `decrypting` the keys to look into what is encrypted;
    /// `original` is the message as its sender has it. A moment that
    /// was not asked for makes an expired timestamp a note: a message is most often looked at after the fact.
    package init(
        of message: [UInt8],
        at moment: Date,
        isMomentAsked: Bool,
        known: [KnownCertificate] = [],
        decrypting: [DecryptionKey] = [],
        original: [UInt8]? = nil
    ) throws(SecurityFault) {
        let document = try XMLDocument(message: message, limits: .standard)
        let layout = try EnvelopeLayout(of: document)
        let inspector = MessageInspector(document: document, layout: layout, moment: moment, known: known)
        let other = try original.map { octets throws(SecurityFault) in try OriginalMessage(octets) }
        var findings: [DiagnosisFinding] = []
        let headers = inspector.securityHeaders
        do throws(XMLSignatureError) {
            var signatures = try Self.signatures(inspector, known: known, original: other)
            if let opened = OpenedMessage.document(inspector, keys: decrypting),
                let openedLayout = try? EnvelopeLayout(of: opened)
            {
                let inside = MessageInspector(document: opened, layout: openedLayout, moment: moment, known: known)
                signatures = Self.better(signatures, try Self.signatures(inside, known: known, original: other))
            }
            self.signatures = signatures
        } catch {
            signatures = []
            findings.append(DiagnosisFinding(.invalidSecurity, error.description))
        }
        findings += SignatureFindings(signatures: signatures, known: known, moment: moment).list
        findings += CoverageFindings(inspector: inspector).list
        findings += ClockFindings(inspector: inspector, moment: moment, isMomentAsked: isMomentAsked)
            .list(headers: headers)
        findings += FormFindings(inspector: inspector).list(headers: headers)
        self.findings = findings.filter { $0.code != nil } + findings.filter { $0.code == nil }
    }

    private static func signatures(
        _ inspector: MessageInspector,
        known: [KnownCertificate],
        original: OriginalMessage?
    ) throws(XMLSignatureError) -> [SignatureDiagnosis] {
        let document = inspector.document
        let elements = try ElementIndex(of: document, qualified: MessageSnapshot.identifiers)
        let examiner = SignatureExaminer(inspector: inspector, elements: elements, known: known, original: original)
        return inspector.securityHeaders.flatMap { header in
            document.elements(in: header)
                .filter { document.isNamed($0, "Signature", in: XMLSignatureNamespace.signature) }
                .map(examiner.diagnosis)
        }
    }

    /// A signature was made before encrypting or after it: whichever way more of it is in order.
    private static func better(
        _ received: [SignatureDiagnosis],
        _ opened: [SignatureDiagnosis]
    ) -> [SignatureDiagnosis] {
        guard received.count == opened.count else { return opened }
        return zip(received, opened)
            .map { outside, inside in
                inside.references.count(where: \.isSound) > outside.references.count(where: \.isSound)
                    ? inside : outside
            }
    }
}
