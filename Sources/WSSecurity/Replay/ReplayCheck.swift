import Cryptography
import FoundationEssentials
import XMLSignature

extension Processing {
    /// Refuses a message whose signature or nonce was accepted before; the last check, so that only what is accepted
    /// takes room in the cache.
    func checkReplay() throws(SecurityFault) {
        guard let replayCache, !replayMarks.isEmpty else { return }
        let verdict: ReplayVerdict
        do {
            verdict = try replayCache.record(replayMarks, until: acceptableUntil, now: now)
        } catch {
            throw SecurityFault(.failedCheck, "the replay cache could not be asked: \(error)")
        }
        switch verdict {
        case .recorded: return
        case .repeated: throw SecurityFault(.failedCheck, "this message was accepted before: it is a replay")
        case .full:
            let cause = "the replay cache is full, so this message cannot be told from a replay: give it more room"
            throw SecurityFault(.failedCheck, cause)
        }
    }

    /// What a signature is known by when it comes again.
    func replayMark(of signature: Signature, by signer: [UInt8]) -> ReplayMark {
        let info = signature.signedInfo
        let digest = snapshot.document.digest(of: info.node, by: .sha256, as: info.canonicalization)
        return ReplayMark(signedInfo: digest, signer: signer)
    }

    /// Until when the message would be accepted: by its timestamp where a signature covers that.
    private var acceptableUntil: Date {
        let skew = policy.clockSkew.timeInterval
        let age = policy.maximumAge.timeInterval + skew
        let token = policy.usernameToken.map { now.addingTimeInterval($0.maximumAge.timeInterval + 2 * skew) } ?? now
        guard snapshot.nodes(of: .timestamp).contains(where: isSigned), let timestamp else {
            return max(token, now.addingTimeInterval(age))
        }
        let end = timestamp.createdAt.addingTimeInterval(age)
        return max(token, timestamp.expiresAt.map { min(end, $0.addingTimeInterval(skew)) } ?? end)
    }
}
