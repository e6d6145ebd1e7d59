/// Body of `POST /control/key-pairs`: make a key pair, without taking it into use.
package struct CreateKeyPairRequest: Codable, Sendable {
    /// `sign` or `decrypt`.
    package var use: PartnerKeyUse

    package init(use: PartnerKeyUse) {
        self.use = use
    }
}

/// The key pair that was made; its private key never leaves the partner.
package struct CreatedKeyPair: Codable, Sendable {
    /// SHA-256 of the certificate.
    package var fingerprint: String
    /// The certificate in PEM.
    package var certificate: String
}

/// Body of `POST /control/use-key-pair`: take a key pair into use that was made before.
///
/// `sign`: messages are signed with it from now on. `decrypt`: messages are opened with it too (`dual`) or with it alone (`single`).
package struct UseKeyPairRequest: Codable, Sendable {
    /// `sign` or `decrypt`.
    package var use: PartnerKeyUse
    /// The key pair's.
    package var fingerprint: String
    /// Whether the old one stays in use; absent: what the system's mode allows, and `true` is refused in `single` mode.
    package var keepOld: Bool?

    package init(use: PartnerKeyUse, fingerprint: String, keepOld: Bool? = nil) {
        self.use = use
        self.fingerprint = fingerprint
        self.keepOld = keepOld
    }
}

/// Body of `POST /control/trust`: take a counterpart's certificate into use.
///
/// `verify`: messages signed with it are accepted too (`dual`) or alone (`single`). `encrypt`: messages are encrypted to it from now on.
package struct TrustRequest: Codable, Sendable {
    /// `verify` or `encrypt`.
    package var use: PartnerKeyUse
    /// The certificate in PEM.
    package var certificate: String
    /// As in ``UseKeyPairRequest``.
    package var keepOld: Bool?

    package init(use: PartnerKeyUse, certificate: String, keepOld: Bool? = nil) {
        self.use = use
        self.certificate = certificate
        self.keepOld = keepOld
    }
}

/// Body of `POST /control/remove`: stop holding a key, which is not the only one of its use.
package struct RemoveKeyRequest: Codable, Sendable {
    /// What the key is held for.
    package var use: PartnerKeyUse
    /// The key's.
    package var fingerprint: String

    package init(use: PartnerKeyUse, fingerprint: String) {
        self.use = use
        self.fingerprint = fingerprint
    }
}

/// Body of `POST /control/sending`.
///
/// Stopping answers when no attempt is open any more; what had been refused by then is held and sent after the start.
package struct SendingRequest: Codable, Sendable {
    /// Whether messages are to be sent from now on.
    package var sending: Bool

    package init(sending: Bool) {
        self.sending = sending
    }
}

/// One self-test that a tenant took (`POST /control/self-test` runs those of every target that answers).
package struct SelfTestReport: Codable, Sendable {
    /// The target.
    package var target: String
    /// SHA-256 of the certificate that the nonce was signed with.
    package var fingerprint: String

    package init(target: String, fingerprint: String) {
        self.target = target
        self.fingerprint = fingerprint
    }
}

/// The body of every refusal of the control interface (RFC 9457).
package struct PartnerProblem: Codable, Sendable {
    /// The status in words.
    package var title: String
    /// The HTTP status.
    package var status: Int
    /// What is wrong and what would mend it.
    package var detail: String
}
