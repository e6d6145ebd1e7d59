import Cryptography
import Foundation
import Keystore
import PKCS11
import TestSupport
import Testing
import WSSecurity
import XMLEncryption

extension TokenTests {
    @Suite struct TokenMessageTests {
        private static let order =
            "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body><a>1</a></s:Body></s:Envelope>"

        private let soft: SoftToken
        private let now = Date(timeIntervalSince1970: 1_798_761_600)

        init() throws { soft = try SoftToken() }

        private func pair(_ kind: KeyKind, pin: String = SoftToken.pin) throws -> (PrivateKey, Certificate) {
            let token = try soft.token()
            let made = try token.generate(kind, label: "key")
            let certificate = try Certificate.selfSigned(
                key: token.privateKey(made),
                subject: "CN=\(kind)",
                notBefore: now,
                notAfter: now.addingTimeInterval(86_400)
            )
            return (token.privateKey(made), certificate)
        }

        /// Protects a message by one pair for itself, as everything but the place of the key is the same.
        private func protect(_ key: PrivateKey, _ certificate: Certificate) throws -> [UInt8] {
            let outbound = OutboundProtection(
                signature: (SignatureSettings(), SigningCredential(key: key, certificate: certificate)),
                encryption: (EncryptionSettings(), certificate)
            )
            return try MessageProtector(outbound).protect(Array(Self.order.utf8), now: now)
        }

        private func open(_ message: [UInt8], _ key: PrivateKey, _ certificate: Certificate) throws -> ProcessedMessage
        {
            let keys = StaticTrustedKeys(
                verifying: [certificate],
                decrypting: [DecryptionKey(certificate: certificate, key: key)]
            )
            let policy = InboundPolicy(signed: [.body, .timestamp], encrypted: [.body])
            return try MessageProcessor(policy: policy, keys: keys).process(message, receivedAt: now)
        }

        @Test func `a message is signed and opened by a key in the token`() throws {
            let (key, certificate) = try pair(.rsa2048)
            let opened = try open(protect(key, certificate), key, certificate)
            #expect(String(decoding: opened.body, as: UTF8.self).contains("<a>1</a>"))
        }

        @Test func `an Ed25519 key in the token signs, and an X25519 key that was brought there opens`() throws {
            let (brought, chain) = try PKCS12.read(Vectors.octets("containers/x25519.p12"), password: "peerpass")
            let token = try soft.token()
            let opening = try token.privateKey(token.take(brought, label: "x25519"))
            let (signing, certificate) = try pair(.ed25519)
            let settings = EncryptionSettings(keyTransport: .agreement(KeyAgreementMethod(.x25519)))
            let outbound = OutboundProtection(
                signature: (SignatureSettings(), SigningCredential(key: signing, certificate: certificate)),
                encryption: (settings, chain[0])
            )
            let message = try MessageProtector(outbound).protect(Array(Self.order.utf8), now: now)
            let keys = StaticTrustedKeys(
                verifying: [certificate],
                decrypting: [DecryptionKey(certificate: chain[0], key: opening)]
            )
            let policy = InboundPolicy(signed: [.body, .timestamp], encrypted: [.body])
            let opened = try MessageProcessor(policy: policy, keys: keys).process(message, receivedAt: now)
            #expect(String(decoding: opened.body, as: UTF8.self).contains("<a>1</a>"))
        }

        @Test func `while the token is away our own fault is said, not the sender's`() throws {
            let (key, certificate) = try pair(.rsa2048)
            let message = try protect(key, certificate)
            let away = try soft.takeAway()
            let refusal = #expect(throws: SecurityFault.self) { try open(message, key, certificate) }
            let fault = try #require(refusal)
            #expect(fault.code == .cannotProtect && fault.outward.code == .cannotProtect)
            #expect(fault.cause.contains("the token 'hsm': there is no token with the label"), "\(fault.cause)")
            let other = #expect(throws: SecurityFault.self) { try protect(key, certificate) }
            let own = try #require(other)
            #expect(own.code == .cannotProtect && own.cause.contains("the token 'hsm'"), "\(own.cause)")
            try away.bringBack()
            _ = try open(message, key, certificate)
        }
    }
}
