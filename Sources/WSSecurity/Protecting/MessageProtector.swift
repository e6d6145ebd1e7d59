import Cryptography
public import FoundationEssentials
import XML

/// Signs and encrypts messages that leave.
public struct MessageProtector: Sendable {
    private let protection: OutboundProtection

    /// A protector.
    public init(_ protection: OutboundProtection) { self.protection = protection }

    /// `envelope` with a new Security header, signed and encrypted; what is not touched stays octet for octet.
    ///
    /// Throws `malformedMessage` for what is no envelope, and `cannotProtect` when there is a Security header for the
    /// actor already that is not to be extended, a part is missing, a certificate is not valid at `now`, or a key does not
    /// fit its algorithm.
    public func protect(_ envelope: [UInt8], now: Date) throws(SecurityFault) -> [UInt8] {
        try protect(XMLDocument(message: envelope, limits: .standard), streaming: nil, now: now).octets
    }

    /// As ``protect(_:now:)``, with the values of the signatures, which the response may have to confirm.
    public func protectedMessage(of envelope: [UInt8], now: Date) throws(SecurityFault) -> ProtectedMessage {
        let document = try XMLDocument(message: envelope, limits: .standard)
        let (octets, signatures) = try protect(document, streaming: nil, now: now)
        return ProtectedMessage(octets: octets, signatures: signatures)
    }

    /// The parts that the settings name.
    var parts: Set<MessagePart> {
        let signatures = (protection.signature.map { [$0] } ?? []) + protection.furtherSignatures
        let encrypted = protection.encryption?.settings
        return Set(signatures.flatMap(\.settings.parts)).union(encrypted?.parts ?? [])
            .union(encrypted?.allWholeParts ?? [])
    }

    /// The protected form of `document` with its signatures, whose Body's content `body` knows when that lies in a file.
    func protect(
        _ document: XMLDocument,
        streaming body: StreamedProtection?,
        now: Date
    ) throws(SecurityFault) -> (octets: [UInt8], signatures: [[UInt8]]) {
        let layout = try EnvelopeLayout(of: document)
        let place = try layout.securityHeader(for: protection.actor, in: document)
        guard place == nil || protection.extendsHeader else {
            throw SecurityFault(.cannotProtect, "the message has a wsse:Security header for this actor already")
        }
        try checkValidity(at: now)
        let protection = protection.withoutAbsentParts(in: document, layout)
        return try Protecting(protection, now: now, streaming: body).protect(document, layout, extending: place)
    }

    /// What the assertion's confirmation promises is done (WSS SAML Token Profile 1.1.1 section 3.5).
    private func checkAssertion() throws(SecurityFault) {
        switch protection.assertion?.confirmation {
        case .holderOfKey where protection.signature == nil:
            throw SecurityFault(
                .cannotProtect,
                "the assertion confirms its subject by a key (holder-of-key): sign with it"
            )
        case .senderVouches where protection.signature?.settings.parts.contains(.samlAssertion) != true:
            throw SecurityFault(
                .cannotProtect,
                "the assertion confirms its subject by its sender (sender-vouches): sign samlAssertion and the body"
            )
        default: return
        }
    }

    private func checkValidity(at now: Date) throws(SecurityFault) {
        guard protection.signature != nil || protection.furtherSignatures.isEmpty else {
            throw SecurityFault(.cannotProtect, "further signatures need a primary one")
        }
        guard protection.encryption != nil || protection.furtherRecipients.isEmpty else {
            throw SecurityFault(.cannotProtect, "further recipients need settings of an encryption")
        }
        try checkAssertion()
        let signatures = (protection.signature.map { [$0] } ?? []) + protection.furtherSignatures
        for certificate in signatures.map(\.credential.certificate) where !certificate.isValid(at: now) {
            let cause = "the certificate to sign with is expired or not yet valid"
            throw SecurityFault(.cannotProtect, cause, hint: .certificate(certificate))
        }
        let recipients = (protection.encryption.map { [$0.recipient] } ?? []) + protection.furtherRecipients
        for certificate in recipients where !certificate.isValid(at: now) {
            let cause = "the certificate to encrypt for is expired or not yet valid"
            throw SecurityFault(.cannotProtect, cause, hint: .certificate(certificate))
        }
    }
}
