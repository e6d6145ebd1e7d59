import Cryptography
import WSSecurity
import XML

extension FuzzTarget {
    static let plaintext = FuzzTarget(
        "plaintext",
        "decrypts a message whose Body holds the input; what is accepted stays within its Body"
    ) { (input) throws(BrokenPromise) in
        try promise(isTemplateAccepted, "the template is refused")
        guard let result = result(of: encrypted(input), Policies.encrypted) else { return }
        let envelope = String(decoding: result.envelope, as: UTF8.self)
        let plaintext = String(decoding: input, as: UTF8.self)
        try promise(envelope.hasSuffix("<s:Body>\(plaintext)</s:Body></s:Envelope>"), "the content left its Body")
        try promise((try? XMLDocument(scanning: result.envelope)) != nil, "what is handed on is no document")
    }

    private static let isTemplateAccepted = result(of: encrypted([]), Policies.encrypted) != nil

    private static func encrypted(_ content: [UInt8]) -> [UInt8] {
        do throws(CryptographyError) {
            return template.message(try template.sealed(content))
        } catch {
            fatalError("the template cannot be encrypted: \(error)")
        }
    }

    private static let template = SealedContent(by: .aes256GCM)
}
