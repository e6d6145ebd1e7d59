import Keystore
import WSSecurity

/// What channels demand besides the primary signature and the encryption.
extension FlowReader {
    /// Who may endorse, and what they must have signed; nothing is demanded when `endorse` is absent.
    mutating func endorsement(besides signers: [KeyAlias]) throws(FlowError) -> ([KeyAlias], Set<MessagePart>) {
        let aliases = try aliases("endorse")
        let parts = try parts("endorsed")
        guard !aliases.isEmpty else {
            guard parts == nil else {
                throw error("endorsed", "has no effect without `endorse`", mend: "set `endorse`, or remove it")
            }
            return ([], [])
        }
        guard !signers.isEmpty else {
            throw error("endorse", "has no effect without `verify`", mend: "name who signs what is endorsed")
        }
        if let both = aliases.first(where: signers.contains) {
            throw error("endorse", "names `\(both)`, as `verify` does", mend: "name it in one of the two")
        }
        return (aliases, Set(parts ?? [.signature]))
    }

    /// What is demanded of SAML assertions, with the aliases of their issuers; `nil` when the key is absent.
    mutating func assertion(
        isVerified: Bool
    ) throws(FlowError) -> (demand: AssertionDemand, issuers: [KeyAlias])? {
        guard var reader = try below("samlAssertion") else { return nil }
        guard let confirmation = try reader.choice("confirmation", of: AlgorithmNames.confirmations) else {
            throw reader.error("confirmation", "is missing", mend: "add `confirmation: senderVouches` or another way")
        }
        let issuers = try reader.aliases("issuers")
        let audiences = try Set(reader.texts("audiences") ?? [])
        let isRequired = try reader.flag("required") ?? true
        try reader.end()
        if confirmation == .senderVouches, !isVerified {
            throw reader.error(
                "confirmation",
                "rests on the sender's signature, which is not demanded",
                mend: "name the aliases that may have signed in `verify`"
            )
        }
        if confirmation != .senderVouches, issuers.isEmpty {
            throw reader.error("issuers", "is missing", mend: "name the aliases of those who may issue assertions")
        }
        if confirmation == .bearer, audiences.isEmpty {
            throw reader.error(
                "audiences",
                "is missing: whoever has an assertion for somebody else could bear it here",
                mend: "list the audiences that you are to the issuer"
            )
        }
        let demand = AssertionDemand(confirmation: confirmation, isRequired: isRequired, audiences: audiences)
        return (demand, issuers)
    }

    /// What is demanded of a user's token; `nil` when the key is absent.
    mutating func userDemand() throws(FlowError) -> ReadUserDemand? {
        guard var reader = try below("usernameToken") else { return nil }
        guard let credentials = try reader.texts("credentials"), !credentials.isEmpty else {
            throw reader.error("credentials", "is missing", mend: "list names of the tenant's `credentials`")
        }
        let form = try reader.choice("password", of: AlgorithmNames.passwordForms) ?? .digest
        let isTLSWaived = try reader.flag("withoutTLS")
        guard isTLSWaived == nil || form == .text else {
            throw reader.error("withoutTLS", "has no effect on a digest", mend: "remove it")
        }
        var demand = UsernameTokenDemand(forms: [form])
        demand.isRequired = try reader.flag("required") ?? true
        demand.requiresNonce = try reader.flag("nonce") ?? true
        demand.requiresCreated = try reader.flag("created") ?? true
        demand.maximumAge = try reader.seconds("maximumAge") ?? demand.maximumAge
        guard form == .text || (demand.requiresNonce && demand.requiresCreated) else {
            throw reader.error(
                demand.requiresNonce ? "created" : "nonce",
                "is not demanded of a digest, which anyone could then repeat",
                mend: "remove it, or use `password: text` over an encrypted channel"
            )
        }
        try reader.end()
        return ReadUserDemand(demand: demand, credentials: credentials, isTLSWaived: isTLSWaived ?? false)
    }

    /// Whether a response must confirm the request's signatures.
    mutating func confirmation(ofRequests isRequest: Bool, isVerified: Bool) throws(FlowError) -> Bool {
        guard try flag("confirmSignatures") == true else { return false }
        guard !isRequest else {
            throw error("confirmSignatures", "stands in a request", mend: "set it in `response`, or remove it")
        }
        guard isVerified else {
            throw error("confirmSignatures", "has no effect without `verify`", mend: "set `verify`, or remove it")
        }
        return true
    }
}

/// What a channel demands of users' tokens.
struct ReadUserDemand {
    let demand: UsernameTokenDemand
    /// The names of the users' credentials.
    let credentials: [String]
    /// Whether passwords may come as text over connections without TLS of the tenant's own.
    let isTLSWaived: Bool
}
