/// Why a partner system refuses what its administrator asks; nothing has changed.
enum PartnerRefusal: Error, Hashable {
    /// A system in `single` mode was asked to hold two keys of `use` in use.
    case holdsOneKeyOnly(use: PartnerKeyUse)
    /// The key is the only one in use, so that the system could do nothing without it.
    case lastInUse(use: PartnerKeyUse, fingerprint: String)
    /// No such key is held.
    case unknownKey(use: PartnerKeyUse, fingerprint: String)
    /// The use is one of the counterpart's certificates where an own key pair is meant, or the reverse.
    case wrongUse(PartnerKeyUse)
    /// No certificate could be read from the request.
    case unreadableCertificate(String)
    /// The body is not the JSON that the operation takes.
    case unreadableBody
    /// Only a sender sends.
    case notASender
    /// The tenant was not shown that this system handles the new key.
    case selfTestFailed(String)
    /// The bearer token is missing or not this system's.
    case unauthorized

    /// The HTTP status that says it.
    var status: Int {
        switch self {
        case .holdsOneKeyOnly, .lastInUse, .notASender, .selfTestFailed: 409
        case .unknownKey: 404
        case .wrongUse, .unreadableCertificate, .unreadableBody: 400
        case .unauthorized: 401
        }
    }

    /// What is wrong and what would mend it.
    var detail: String {
        switch self {
        case .holdsOneKeyOnly(let use):
            "this system holds one key to \(use) at a time; exchange it while no message is on its way, or run with keys: dual"
        case .lastInUse(let use, let fingerprint):
            "\(fingerprint) is the only key in use to \(use); take another one into use first"
        case .unknownKey(let use, let fingerprint):
            "no key \(fingerprint) is held to \(use); GET /control/status lists those that are"
        case .wrongUse(let use):
            use.isOwn
                ? "\(use) takes an own key pair: POST /control/key-pairs, then /control/use-key-pair"
                : "\(use) takes the counterpart's certificate: POST /control/trust"
        case .unreadableCertificate(let reason):
            "the certificate cannot be read (\(reason)); send one X.509 certificate in PEM"
        case .unreadableBody: "the body is not the JSON that this operation takes"
        case .notASender: "this system is a receiver; only a sender can be stopped and started"
        case .selfTestFailed(let cause): "the self-test did not pass: \(cause)"
        case .unauthorized: "the bearer token of this system's token file is needed"
        }
    }
}
