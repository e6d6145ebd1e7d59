import FoundationEssentials
import XML
import XMLSignature

/// `wsu:Timestamp` (WSS SOAP Message Security 1.1.1 section 10): one Created, then one Expires at most.
struct Timestamp {
    let createdAt: Date
    let expiresAt: Date?

    init(reading node: NodeID, in document: XMLDocument) throws(SecurityFault) {
        var children = document.elements(in: node).makeIterator()
        guard let created = children.next(), document.isNamed(created, "Created", in: WSSNamespace.utility) else {
            throw SecurityFault(.invalidSecurity, "wsu:Timestamp must begin with wsu:Created")
        }
        createdAt = try Self.date(of: created, in: document)
        guard let expires = children.next() else {
            expiresAt = nil
            return
        }
        guard document.isNamed(expires, "Expires", in: WSSNamespace.utility), children.next() == nil else {
            throw SecurityFault(.invalidSecurity, "wsu:Timestamp may hold one wsu:Expires after wsu:Created")
        }
        expiresAt = try Self.date(of: expires, in: document)
    }

    private static func date(of node: NodeID, in document: XMLDocument) throws(SecurityFault) -> Date {
        guard document.elements(in: node).first(where: { _ in true }) == nil,
            let date = DateTime.date(of: document.text(of: node).trimmingXMLSpace())
        else {
            let name = document.name(of: node).localName
            throw SecurityFault(.invalidSecurity, "wsu:\(name) is no xsd:dateTime with a zone and without leap second")
        }
        return date
    }
}

extension Timestamp {
    /// The timestamp as verified; throws `messageExpired` when it is too old, from the future, or ends before it begins.
    func verified(at now: Date, policy: InboundPolicy) throws(SecurityFault) -> VerifiedTimestamp {
        let skew = policy.clockSkew.timeInterval
        if let expiresAt {
            guard expiresAt > createdAt else {
                throw SecurityFault(.messageExpired, "wsu:Expires is not after wsu:Created")
            }
            guard now < expiresAt.addingTimeInterval(skew) else { throw expired("its wsu:Expires is past", now) }
        }
        guard createdAt <= now.addingTimeInterval(skew) else {
            throw expired("its wsu:Created is in the future: compare the clocks", now)
        }
        let age = now.timeIntervalSince(createdAt)
        guard age <= policy.maximumAge.timeInterval + skew else {
            throw expired("it is older than the policy's \(policy.maximumAge)", now)
        }
        return VerifiedTimestamp(createdAt: createdAt, expiresAt: expiresAt)
    }

    private func expired(_ reason: String, _ now: Date) -> SecurityFault {
        let expires = expiresAt.map { ", expires " + DateTime.text(of: $0) } ?? ""
        return SecurityFault(
            .messageExpired,
            "\(reason) (created \(DateTime.text(of: createdAt))\(expires), received \(DateTime.text(of: now)))"
        )
    }
}

extension Duration {
    /// The length in seconds.
    var timeInterval: Double {
        Double(components.seconds) + Double(components.attoseconds) / 1e18
    }
}
