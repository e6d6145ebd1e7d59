import Cryptography
import Foundation
import Keystore
import TestSupport
import Testing

@Suite struct RedactionTests {
    @Test func `no description, dump or error shows octets of a private key or the master key`() async throws {
        let tenant = try Tenant()
        let alias = try KeyAlias("orders-sign")
        let version = try tenant.create(alias)
        let masterOctets = [UInt8](100..<132)
        let masterKey = try MasterKey(SecretOctets(copying: masterOctets))
        let keyring = try await tenant.keyring()
        let key = try keyring.snapshot.signingCredential(alias, at: tenant.clock.now).key
        let pkcs8 = try key.pkcs8().withUnsafeBytes { Array($0) }

        var texts: [String] = []
        for value in [version, masterKey, keyring, keyring.snapshot, key, tenant.store.contents] as [Any] {
            var dumped = ""
            dump(value, to: &dumped)
            texts += [String(describing: value), String(reflecting: value), dumped]
        }
        for body in [
            { _ = try tenant.act { try $0.exchange(to: version.id) } },
            { _ = try tenant.masterKey.open([1, 2, 3], context: "x") },
            { _ = try MasterKey(SecretOctets(copying: pkcs8)) },
            { _ = try MasterKey.load(from: .environment("K"), environment: ["K": Base64.encode(pkcs8)]) },
        ] as [() throws -> Void] {
            do {
                try body()
                Issue.record("no error")
            } catch { texts.append("\(error)" + String(reflecting: error)) }
        }
        texts += tenant.store.contents.audit.map { "\($0)" }
        // In PKCS#8 of P-256 the scalar stands at octets 36 to 67 (RFC 5915).
        for secret in [Array(pkcs8[36..<68]), masterOctets] {
            for text in texts { #expect(!Self.shows(text, secret)) }
        }
    }

    /// Whether `text` has a run of the secret's octets in hexadecimal, Base64 or as Swift prints an array or a dump.
    private static func shows(_ text: String, _ secret: [UInt8]) -> Bool {
        let run = secret[4..<8]
        return text.lowercased().contains(Hexadecimal.text(run))
            || text.contains(Base64.encode(secret).prefix(10))
            || text.contains(run.map(String.init).joined(separator: ", "))
            || text.filter { $0.isNumber || $0 == "-" }.contains(run.map { "-\($0)" }.joined())
    }
}
