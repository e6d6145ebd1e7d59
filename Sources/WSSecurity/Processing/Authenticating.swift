import Cryptography
import FoundationEssentials
import XML

extension Processing {
    /// Checks a `wsse:UsernameToken` against the policy, then its password.
    mutating func authenticate(_ node: NodeID) throws(SecurityFault) {
        guard let demand = policy.usernameToken else {
            throw SecurityFault(.unsupportedSecurityToken, "the policy expects no wsse:UsernameToken")
        }
        let token = try UsernameToken(reading: node, in: snapshot.document)
        try check(token, demand)
        // An unknown user costs the same time as a wrong password.
        let known = keys.password(ofUser: token.name)
        let isProved = token.isProof(of: known?.secret ?? SecretKey(SecureRandom.secret(count: 16)))
        guard let known, isProved else {
            throw SecurityFault(.failedAuthentication, "user or password of wsse:UsernameToken is wrong")
        }
        // By the name that is known: no digest covers the message's, which may be spelt in several ways.
        if replayCache != nil, let nonce = token.nonce {
            replayMarks.append(ReplayMark(nonce: nonce, user: known.name))
        }
        usernameToken = VerifiedUsernameToken(
            name: token.name,
            form: token.form,
            createdAt: token.createdAt,
            nonce: token.nonce
        )
    }

    private func check(_ token: UsernameToken, _ demand: UsernameTokenDemand) throws(SecurityFault) {
        guard demand.forms.contains(token.form) else {
            throw SecurityFault(.unsupportedSecurityToken, "the policy does not allow a password as \(token.form)")
        }
        guard token.nonce != nil || !demand.requiresNonce else {
            throw SecurityFault(.invalidSecurityToken, "wsse:UsernameToken has no wsse:Nonce; the policy demands one")
        }
        guard let createdAt = token.createdAt else {
            guard demand.requiresCreated else { return }
            throw SecurityFault(.invalidSecurityToken, "wsse:UsernameToken has no wsu:Created; the policy demands one")
        }
        let skew = policy.clockSkew.timeInterval
        guard createdAt <= now.addingTimeInterval(skew),
            now.timeIntervalSince(createdAt) <= demand.maximumAge.timeInterval + skew
        else {
            let cause = "wsse:UsernameToken is too old or from the future (created \(DateTime.text(of: createdAt)))"
            throw SecurityFault(.messageExpired, cause)
        }
    }
}
