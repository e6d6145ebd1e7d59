import Cryptography
import Testing
import WSSecurity
import XMLEncryption

@Suite("Messages for keys that agree come out as they went in")
struct AgreementMessageTests {
    @Test("for every curve and derivation", arguments: [KeyKind.p256, .p384, .p521])
    func curves(_ kind: KeyKind) throws {
        let recipient = try Fixtures.Pair.made(kind, "CN=agreeing receiver")
        for derivation in KeyAgreementMethod.Derivation.allCases {
            let method = KeyAgreementMethod(.ecdhES, wrap: .aes256, derivation: derivation)
            let settings = EncryptionSettings(keyTransport: .agreement(method))
            let protection = OutboundProtection(
                signature: (SignatureSettings(), try Fixtures.curve256.get().credential),
                encryption: (settings, recipient.certificate)
            )
            let message = try MessageProtector(protection).protect(Fixtures.envelope(), now: Fixtures.now)
            let keys = try StaticTrustedKeys(
                verifying: [Fixtures.curve256.get().certificate],
                decrypting: [recipient.decryption]
            )
            let result = try MessageProcessor(policy: InboundPolicy(encrypted: [.body]), keys: keys)
                .process(message, receivedAt: Fixtures.now)
            #expect(String(decoding: result.body, as: UTF8.self) == Fixtures.order)
        }
    }

    @Test("and an RSA recipient of a key agreement is an error of the settings")
    func mismatch() throws {
        let settings = EncryptionSettings(keyTransport: .agreement(KeyAgreementMethod(.x25519)))
        #expect(throws: SecurityFault.self) {
            try Fixtures.protected(Fixtures.envelope(), SignatureSettings(), settings)
        }
    }
}
