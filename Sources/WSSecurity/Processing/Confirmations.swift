import Cryptography
import XML

/// `wsse11:SignatureConfirmation` (WSS SOAP Message Security 1.1.1 section 8.5).
extension Processing {
    /// The response confirms each of the request's signatures and no other, and a signature covers the confirmations.
    func checkConfirmations() throws(SecurityFault) {
        guard let expected = policy.confirmations else { return }
        var confirmed: Set<[UInt8]> = []
        let nodes = snapshot.nodes(of: .signatureConfirmation)
        for node in nodes {
            guard let place = snapshot.place(of: node), signed[place] != nil else {
                throw SecurityFault(.invalidSecurity, "wsse11:SignatureConfirmation is not covered by a signature")
            }
            // Without a value it confirms that the request was not signed.
            let text = snapshot.document.attribute("Value", of: node) ?? ""
            guard let value = Base64.decode(text), confirmed.insert(value).inserted else {
                throw SecurityFault(.invalidSecurity, "wsse11:SignatureConfirmation is not Base64, or is repeated")
            }
        }
        guard confirmed == (expected.isEmpty ? [[]] : expected) else {
            let cause = "the response does not confirm the request's signatures: it answers another request"
            throw SecurityFault(.invalidSecurity, cause)
        }
    }
}
