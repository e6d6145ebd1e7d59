import FoundationEssentials
import Keystore

/// What can be wrong with a certificate that a step brings.
extension RenewalRefusal {
    static func certificate(_ step: PlannedStep, _ error: KeystoreError, inUse: KeyVersionID) -> RenewalRefusal {
        let remedy =
            switch error {
            case .alreadyPresent(let id) where id == inUse:
                "This is the certificate that is in use: have the \(step.by) send the new one."
            case .sameKey:
                "Abort this renewal and attach the certificate outside of it, or have the \(step.by) make a new key pair."
            case .alreadyPresent: "Have the \(step.by) send the new certificate, not one that was used before."
            case .ambiguous:
                "Have the \(step.by) have it issued anew under a serial number of its own (RFC 5280 section 4.1.2.2)."
            case .weakKey: "Have the \(step.by) make an RSA key of at least 2048 bits, or an EC key."
            case .expired: "Have the \(step.by) send a certificate that is valid."
            case .notYetValid: "Claim the step again when it is valid, or have the \(step.by) send another."
            case .cryptography: "Give one certificate in PEM, the leaf first: no key, no request, no DER."
            default: "Mend that and claim the step again."
            }
        return RenewalRefusal(
            .keystore,
            reason: "The certificate for the step \(step.id) is not taken: \(error).",
            remedy: remedy
        )
    }

    /// A version of the alias that cannot be the new one.
    static func version(_ step: PlannedStep, _ id: KeyVersionID, _ reason: String) -> RenewalRefusal {
        RenewalRefusal(
            .badInput,
            reason: "The step \(step.id) cannot take version \(id.number) of \(id.alias): it \(reason).",
            remedy: "Name a staged version with a new key (`rekey key show \(id.alias)`), or none to create one."
        )
    }

    static func wrongFingerprint(_ step: PlannedStep, told: String, _ version: KeyVersion) -> RenewalRefusal {
        RenewalRefusal(
            .badInput,
            reason: "The certificate for the step \(step.id) has the fingerprint \(version.fingerprint ?? "-"), not "
                + "\(told.prefix(120)): it is another one than you were told of, or was exchanged on the way.",
            remedy: "Ask the \(step.by) for it again over another channel, and trust nothing of this delivery."
        )
    }
}
