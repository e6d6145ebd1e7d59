import Cryptography
import Keystore
import ManagementAPI
import Messaging
import Timekeeping

extension KeyKind {
    /// The kind of that name; refuses with those that there are.
    init(named name: String) throws(Refusal) {
        guard let kind = KeyKind(rawValue: name) else {
            let known = KeyKind.allCases.filter(\.canSign).map(\.rawValue).joined(separator: ", ")
            throw .malformed("`\(name.prefix(40))` is not a kind of key", remedy: "use \(known)")
        }
        self = kind
    }
}

/// The names and addresses that a certificate is for.
struct HostNames {
    let names: [String]

    init(_ names: [String]) throws(Refusal) {
        guard names.count <= 100,
            names.allSatisfy({ (1...253).contains($0.utf8.count) && $0.utf8.allSatisfy(Self.isOfHosts) })
        else { throw .malformed("a host is none", remedy: "give DNS names and addresses, 100 at most") }
        self.names = names
    }

    /// Whether an octet may stand in a DNS name or an address: letters, digits, `-`, `.`, `*`, `:`.
    private static func isOfHosts(_ octet: UInt8) -> Bool {
        switch octet {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2A, 0x2D, 0x2E, 0x3A: true
        default: false
        }
    }
}

extension ImportDemands {
    /// What the person says of a certificate, and what the deployed flows use its alias for.
    init(fingerprint: String?, alias: KeyAlias, tenant: Tenant) throws(KeystoreError) {
        let uses = tenant.runtime.uses(of: alias)
            .map { use -> Use in
                switch use.purpose {
                case .sign, .verify: .signing
                case .encrypt, .decrypt: .encryption
                }
            }
        let expected = try fingerprint.map { text throws(KeystoreError) in try Fingerprint(text) }
        self.init(fingerprint: expected, uses: Set(uses))
    }
}

extension Tenant {
    /// Runs `body` with the key operations of `actor` in one transaction, and publishes the new keys.
    func operateOnKeys<Result: Sendable>(
        by actor: String,
        _ body: @escaping @Sendable (KeyOperations, any KeystoreTransaction) throws -> Result
    ) async throws -> Result {
        let (masterKey, now) = (masterKey, clock.now)
        let result = try await keystore.write { transaction in
            try body(
                KeyOperations(transaction: transaction, masterKey: masterKey, now: now, actor: actor),
                transaction
            )
        }
        try await keyring.refresh()
        return result
    }

    /// The result of `body`; what cannot be read or computed as the keystore's refusal.
    func reading<Result>(_ body: () throws(CryptographyError) -> Result) throws(KeystoreError) -> Result {
        do throws(CryptographyError) {
            return try body()
        } catch {
            throw .cryptography(error)
        }
    }
}
