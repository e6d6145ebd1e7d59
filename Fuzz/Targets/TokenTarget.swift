import Cryptography
import WSSecurity

extension FuzzTarget {
    static let token = FuzzTarget("token", "processes a signed message whose token holds the input's octets") {
        (input) throws(BrokenPromise) in
        guard let type = input.first else { return }
        let message = String(decoding: template, as: UTF8.self)
        guard let token = message.element("wsse:BinarySecurityToken") else { return }
        let types = ["#X509v3", "#X509PKIPathv1", "#PKCS7"]
        let forged = token.replacing("#X509v3", with: types[Int(type) % types.count])
            .replacing(token.content, with: Base64.encode(Array(input.dropFirst())))
        _ = result(of: Array(message.replacing(token, with: forged).utf8), Policies.signed)
    }

    private static let template = protected(
        Array(envelope(body: "<a/>").utf8),
        OutboundProtection(signature: (SignatureSettings(), FuzzKeys.curve))
    )
}
