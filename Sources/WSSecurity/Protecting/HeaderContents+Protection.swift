import Cryptography
import FoundationEssentials

extension Protecting {
    /// What the Security header holds before anything is computed, the tokens of recipients apart.
    func headerContents() throws(SecurityFault) -> HeaderContents {
        var contents = HeaderContents()
        if let timestamp {
            if protection.layout == .laxTimestampLast {
                contents.last.append(timestamp)
            } else {
                contents.front.append(timestamp)
            }
        }
        if let credential = protection.usernameToken {
            let text = UsernameTokenWriter(credential: credential, now: now).text(id: identifiers.usernameToken)
            contents.middle.append(HeaderElement(.usernameToken, id: identifiers.usernameToken, text: text))
        }
        contents.middle += assertionElements
        contents.middle += confirmations
        contents.middle += signatures.compactMap(\.token)
        return contents
    }

    /// The assertion, and the reference to it where a signature covers it by that.
    private var assertionElements: [HeaderElement] {
        guard let token = protection.assertion else { return [] }
        let assertion = HeaderElement(.samlAssertion, id: token.id, octets: token.octets)
        guard signatures.contains(where: { $0.dereferences(token) }) else { return [assertion] }
        let id = identifiers.assertionReference
        return [assertion, HeaderElement(nil, id: id, text: AssertionReferenceWriter(token: token).text(id: id))]
    }

    private var timestamp: HeaderElement? {
        guard let lifetime = protection.timestampLifetime else { return nil }
        let expires = now.addingTimeInterval(lifetime.timeInterval)
        let id = identifiers.timestamp
        return HeaderElement(
            .timestamp,
            id: id,
            octets: [UInt8](
                joining: "<wsu:Timestamp wsu:Id=\"",
                id,
                "\"><wsu:Created>",
                DateTime.text(of: now),
                "</wsu:Created><wsu:Expires>",
                DateTime.text(of: expires),
                "</wsu:Expires></wsu:Timestamp>"
            )
        )
    }

    /// `wsse11:SignatureConfirmation` (WSS SOAP Message Security 1.1.1 section 8.5): one for each signature of the request, or
    /// one without value for a request that had none.
    private var confirmations: [HeaderElement] {
        guard let values = protection.confirmations else { return [] }
        let attributes = values.isEmpty ? [""] : values.map { " Value=\"\(Base64.encode($0))\"" }
        return attributes.enumerated()
            .map { number, value in
                let id = identifiers.confirmation(number)
                return HeaderElement(
                    .signatureConfirmation,
                    id: id,
                    text: "<wsse11:SignatureConfirmation xmlns:wsse11=\"\(WSSNamespace.extension11)\""
                        + " wsu:Id=\"\(id)\"\(value)/>"
                )
            }
    }
}
