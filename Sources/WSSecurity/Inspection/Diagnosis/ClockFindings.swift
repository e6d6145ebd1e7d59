import FoundationEssentials
import XML

/// What timestamps say of clocks.
struct ClockFindings {
    let inspector: MessageInspector
    let moment: Date
    let isMomentAsked: Bool

    /// How far clocks may differ without a word.
    private static let skew = 60.0

    func list(headers: [NodeID]) -> [DiagnosisFinding] {
        headers.flatMap { header in
            inspector.document.elements(in: header)
                .filter { inspector.document.isNamed($0, "Timestamp", in: WSSNamespace.utility) }
                .flatMap(findings)
        }
    }

    private func findings(_ node: NodeID) -> [DiagnosisFinding] {
        let timestamp: Timestamp
        do throws(SecurityFault) {
            timestamp = try Timestamp(reading: node, in: inspector.document)
        } catch {
            return [DiagnosisFinding(error.code, error.cause)]
        }
        let created = timestamp.createdAt
        var found: [DiagnosisFinding] = []
        if created.timeIntervalSince(moment) > Self.skew {
            found.append(
                DiagnosisFinding(
                    .messageExpired,
                    "the timestamp lies \(TimeSpan.text(created.timeIntervalSince(moment))) in the future",
                    evidence: [moments(timestamp)],
                    remedy: "set the clocks: the sender's is fast, or ours is slow"
                )
            )
        }
        guard let expires = timestamp.expiresAt else { return found }
        if expires <= created {
            found.append(DiagnosisFinding(.messageExpired, "wsu:Expires is not after wsu:Created"))
        } else if moment.timeIntervalSince(expires) > Self.skew {
            found.append(
                DiagnosisFinding(
                    isMomentAsked ? .messageExpired : nil,
                    "the timestamp expired \(TimeSpan.text(moment.timeIntervalSince(expires))) before "
                        + (isMomentAsked ? "that moment" : "now"),
                    evidence: [moments(timestamp)],
                    remedy: isMomentAsked
                        ? "set the clocks, or find what held the message up"
                        : "--at MOMENT judges by the moment at which it was received"
                )
            )
        }
        return found
    }

    private func moments(_ timestamp: Timestamp) -> String {
        let expires = timestamp.expiresAt.map { ", expires \(DateTime.text(of: $0))" } ?? ""
        return "created \(DateTime.text(of: timestamp.createdAt))\(expires), judged at \(DateTime.text(of: moment))"
    }
}
