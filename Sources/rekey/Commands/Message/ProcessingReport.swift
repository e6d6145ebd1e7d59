import Cryptography
import Foundation
import WSSecurity

/// What `message verify` and `message decrypt` found.
struct ProcessingReport: Encodable {
    /// Whether the message meets the policy.
    let accepted: Bool
    /// Why it was refused.
    var fault: Fault?
    /// What looking for the reason found, the most important first.
    var findings: [DiagnosisFinding]?
    /// The signatures that a trusted key made.
    var signatures: [Signature] = []
    /// What was decrypted.
    var decryptions: [Opened] = []
    /// The user who authenticated.
    var user: String?
    /// The SAML assertions.
    var assertions: [Assertion] = []
    /// When the message was made.
    var createdAt: Date?
    /// When it ends.
    var expiresAt: Date?

    /// A refusal with the OASIS code.
    struct Fault: Encodable {
        let code: String
        let cause: String
        let key: String?
    }

    /// A verified signature.
    struct Signature: Encodable {
        let parts: [String]
        let certificate: String
        let fingerprint: String
        let algorithm: String
        /// The signature value in Base64, which a response may have to confirm.
        let value: String
    }

    /// A SAML assertion that was accepted.
    struct Assertion: Encodable {
        let subject: String?
        let issuer: String
        let confirmation: String
    }

    /// A decryption that succeeded.
    struct Opened: Encodable {
        let parts: [String]
        let certificate: String
        let fingerprint: String
        let algorithm: String
    }

    init(_ message: ProcessedMessage) {
        accepted = true
        signatures = message.signatures.map {
            Signature(
                parts: $0.parts.map(\.description),
                certificate: $0.signer.description,
                fingerprint: $0.certificate?.fingerprint ?? "",
                algorithm: $0.algorithm,
                value: Base64.encode($0.value)
            )
        }
        user = message.usernameToken?.name
        assertions = message.assertions.map {
            Assertion(
                subject: $0.subject,
                issuer: $0.issuer?.subject ?? $0.issuerName,
                confirmation: $0.confirmation.rawValue
            )
        }
        decryptions = message.decryptions.map {
            Opened(
                parts: $0.parts.map(\.description),
                certificate: $0.opener.description,
                fingerprint: $0.certificate?.fingerprint ?? "",
                algorithm: $0.algorithm
            )
        }
        createdAt = message.timestamp?.createdAt
        expiresAt = message.timestamp?.expiresAt
    }

    init(_ fault: SecurityFault, findings: [DiagnosisFinding] = []) {
        self.findings = findings.isEmpty ? nil : findings
        accepted = false
        self.fault = Fault(code: fault.code.rawValue, cause: fault.cause, key: fault.hint?.description)
    }

    /// The report in words.
    var text: String {
        var lines = [accepted ? "accepted" : "refused"]
        lines += signatures.map { signature in
            "signed: \(signature.parts.joined(separator: ", ")) by \(signature.certificate) (\(signature.fingerprint)) "
                + "with \(signature.algorithm)"
        }
        lines += decryptions.map { opened in
            "decrypted: \(opened.parts.joined(separator: ", ")) for \(opened.certificate) (\(opened.fingerprint)) "
                + "with \(opened.algorithm)"
        }
        if let user { lines.append("user: \(user)") }
        lines += assertions.map { assertion in
            "assertion: \(assertion.subject ?? "no subject") by \(assertion.issuer), \(assertion.confirmation)"
        }
        if let createdAt {
            lines.append("timestamp: \(Wording.moment(createdAt)) to \(Wording.moment(expiresAt))")
        }
        return lines.joined(separator: "\n")
    }
}
