import Keystore
import ManagementAPI

/// Why the management API does not do what it was asked, and what to do instead.
package struct Refusal: Error, Sendable {
    /// Decides the HTTP status.
    let code: RefusalCode
    /// The code that the domain gave, where it is finer than `code`.
    let domainCode: String?
    /// What is refused and why; never a secret.
    let detail: String
    /// What to do instead.
    let remedy: String

    init(_ code: RefusalCode, domainCode: String? = nil, _ detail: String, remedy: String) {
        self.code = code
        self.domainCode = domainCode
        self.detail = detail
        self.remedy = remedy
    }

    /// The problem details of RFC 9457.
    var problem: Problem {
        Problem(
            code: domainCode ?? code.rawValue,
            title: code.title,
            status: code.status,
            detail: detail,
            remedy: remedy
        )
    }
}

extension Refusal {
    static let unauthenticated = Refusal(
        .unauthenticated,
        "no person is known by this bearer token",
        remedy: "send `Authorization: Bearer …` with the token that the configuration names for you"
    )

    static let throttled = Refusal(
        .throttled,
        "too many wrong tokens came from this address",
        remedy: "wait a minute, then send the right token"
    )

    static func notFound(_ what: String) -> Refusal {
        Refusal(.notFound, "there is no \(what)", remedy: "list what there is, and mind the spelling")
    }

    /// A name that no partner has; who may register one is told how.
    static func unknownPartner(_ id: PartnerID) -> Refusal {
        Refusal(
            .notFound,
            domainCode: "unknownPartner",
            "there is no partner \(id)",
            remedy:
                "mind the spelling (`rekey renewal partners`), or have a tenant administrator register it: `rekey renewal "
                + "partners --set \(id) --keys dual --role receiver`"
        )
    }

    static func malformed(_ detail: String, remedy: String) -> Refusal {
        Refusal(.malformedRequest, detail, remedy: remedy)
    }
}
