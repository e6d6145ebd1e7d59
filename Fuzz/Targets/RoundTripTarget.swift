import WSSecurity
import XML

extension FuzzTarget {
    static let roundTrip = FuzzTarget(
        "round-trip",
        "protects an envelope whose Body holds the input; what was protected is accepted, with the same content"
    ) { (input) throws(BrokenPromise) in
        let body = String(decoding: input, as: UTF8.self)
        guard Array(body.utf8) == input else { return }
        let plain = Array(envelope(body: body).utf8)
        // Ids that repeat, for one, are refused with protection and without.
        guard result(of: plain, Policies.permissive[0]) != nil else { return }
        for (protection, policy) in protections {
            guard let message = try? MessageProtector(protection).protect(plain, now: FuzzKeys.now) else { return }
            try checkSame(plain, try accepted(message, policy).envelope)
        }
    }

    private static func accepted(_ message: [UInt8], _ policy: InboundPolicy) throws(BrokenPromise) -> ProcessedMessage
    {
        do throws(SecurityFault) {
            return try MessageProcessor(policy: policy, keys: FuzzKeys.trusted)
                .process(message, receivedAt: FuzzKeys.now)
        } catch {
            throw BrokenPromise("what we protected is refused: \(error)")
        }
    }

    private static func checkSame(_ sent: [UInt8], _ received: [UInt8]) throws(BrokenPromise) {
        guard let sent = body(of: sent), let received = body(of: received) else {
            throw BrokenPromise("no document")
        }
        try promise(sent == received, "another content came out")
    }

    /// The elements of Body, each by itself, and its text: Body's own tag gets an id when it is signed.
    private static func body(of octets: [UInt8]) -> [UInt8]? {
        guard let document = try? XMLDocument(scanning: octets),
            let body = document.firstElement("Body", in: SOAPVersion.soap11.namespace, of: document.root)
        else { return nil }
        return document.children(of: body)
            .flatMap { child in
                document.kind(of: child) == .element
                    ? document.canonicalOctets(of: child, by: Canonicalization())
                    : document.kind(of: child) == .text ? document.textOctets(of: child) : []
            }
    }

    private static let protections: [(OutboundProtection, InboundPolicy)] = [
        (OutboundProtection(signature: (SignatureSettings(), FuzzKeys.curve)), InboundPolicy()),
        (
            OutboundProtection(
                signature: (SignatureSettings(), FuzzKeys.curve),
                encryption: (EncryptionSettings(), FuzzKeys.recipient.certificate)
            ), InboundPolicy(encrypted: [.body], order: .signThenEncrypt)
        ),
        (
            OutboundProtection(
                signature: (SignatureSettings(), FuzzKeys.curve),
                encryption: (EncryptionSettings(), FuzzKeys.recipient.certificate),
                order: .encryptThenSign
            ), InboundPolicy(encrypted: [.body], order: .encryptThenSign)
        ),
    ]
}
