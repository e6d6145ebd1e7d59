import Cryptography
import Foundation
import Keystore
import TestSupport
import Testing

@Suite struct AddingVersionsTests {
    private let tenant: Tenant
    private let alias: KeyAlias
    private let partner: PartnerID

    init() throws {
        tenant = try Tenant()
        alias = try KeyAlias("orders-sign")
        partner = try PartnerID("receiver")
    }

    @Test func `the first version is active, further ones are staged`() throws {
        let first = try tenant.create(alias)
        let second = try tenant.create(alias)
        #expect(first.id.number == 1 && first.state == .active && first.activatedAt == tenant.clock.now)
        #expect(second.id.number == 2 && second.state == .staged && second.activatedAt == nil)
        #expect(first.owner == .tenant && first.hasPrivateKey)
        #expect(first.certificate?.subject == "CN=orders-sign")
        #expect(first.certificate?.notAfter == tenant.clock.now.addingTimeInterval(365 * 86_400))
        #expect(tenant.store.contents.generation == 2)
        #expect(tenant.store.contents.audit.map(\.action) == ["key.create", "key.create"])
    }

    @Test(arguments: KeyKind.allCases.filter(\.canSign))
    func `every kind of key can be created`(_ kind: KeyKind) throws {
        let version = try tenant.act {
            try $0.create(alias: alias, kind: kind, subject: "CN=a,O=tenant", validity: Tenant.year)
        }
        #expect(version.certificate?.publicKey.algorithm == kind.algorithm)
    }

    @Test func `a subject that is no name is refused and leaves nothing`() throws {
        #expect(throws: KeystoreError.self) {
            try tenant.act { try $0.create(alias: alias, kind: .p256, subject: "orders", validity: Tenant.year) }
        }
        #expect(tenant.store.contents.versions.isEmpty && tenant.store.contents.audit.isEmpty)
    }

    @Test func `a pair that does not belong together is refused`() throws {
        let pair = try Pair(from: tenant.clock.now)
        let other = try PrivateKey.generate(.p256)
        #expect(throws: KeystoreError.certificateMismatch(alias)) {
            try tenant.act { try $0.importPair(alias: alias, key: other, chain: [pair.certificate]) }
        }
        #expect(throws: KeystoreError.certificateMissing(alias)) {
            try tenant.act { try $0.importPair(alias: alias, key: pair.key, chain: []) }
        }
        let version = try tenant.act { try $0.importPair(alias: alias, key: pair.key, chain: [pair.certificate]) }
        #expect(version.chain == [pair.certificate])
    }

    @Test func `an issued pair keeps the certificates above it in order`() throws {
        tenant.clock.set(to: Date(timeIntervalSince1970: 1_800_000_000))
        let (key, chain) = try PKCS12.read(Vectors.octets("keys/alice-rsa2048.p12"), password: "peerpass")
        let shuffled = [chain[0], chain[2], chain[1]]
        let version = try tenant.act { try $0.importPair(alias: alias, key: key, chain: shuffled) }
        #expect(version.chain == chain)
    }

    @Test func `a partner's certificate has no private key here`() throws {
        let pair = try Pair(from: tenant.clock.now)
        let version = try tenant.act {
            try $0.importCertificate(alias: alias, chain: [pair.certificate], partner: partner)
        }
        #expect(version.owner == .partner(partner) && !version.hasPrivateKey && version.state == .active)
    }

    @Test func `an alias stays with its owner`() throws {
        try tenant.create(alias)
        let pair = try Pair(from: tenant.clock.now)
        #expect(throws: KeystoreError.ownerMismatch(alias, owner: .tenant)) {
            try tenant.act { try $0.importCertificate(alias: alias, chain: [pair.certificate], partner: partner) }
        }
    }

    @Test func `a certificate out of its time is refused`() throws {
        let now = tenant.clock.now
        let expired = try Pair(from: now.addingTimeInterval(-1000), to: now.addingTimeInterval(-1))
        let future = try Pair(from: now.addingTimeInterval(61))
        let skewed = try Pair(from: now.addingTimeInterval(60))
        let id = KeyVersionID(alias: alias, number: 1)
        #expect(throws: KeystoreError.expired(id, notAfter: expired.certificate.notAfter)) {
            try tenant.act { try $0.importPair(alias: alias, key: expired.key, chain: [expired.certificate]) }
        }
        #expect(throws: KeystoreError.notYetValid(id, notBefore: future.certificate.notBefore)) {
            try tenant.act { try $0.importPair(alias: alias, key: future.key, chain: [future.certificate]) }
        }
        try tenant.act { _ = try $0.importPair(alias: alias, key: skewed.key, chain: [skewed.certificate]) }
    }

    @Test func `a certificate that looks like a former one of another key is refused, too`() throws {
        let now = tenant.clock.now
        let pair = try Pair("CN=orders", from: now)
        let id = try tenant.act { try $0.importPair(alias: alias, key: pair.key, chain: [pair.certificate]).id }
        let renewed = try Pair("CN=orders", key: pair.key, from: now).certificate
        try tenant.act { _ = try $0.attach(alias: alias, chain: [renewed]) }
        let forged = try Forgery.certificate(like: pair.certificate, from: now)
        let third = try KeyAlias("third")
        #expect(throws: KeystoreError.ambiguous(third, identifier: "issuer and serial number", other: id)) {
            try tenant.act { try $0.importCertificate(alias: third, chain: [forged.sameSerial], partner: partner) }
        }
    }

    @Test func `a certificate that messages could not tell from another's is refused`() throws {
        let now = tenant.clock.now
        let pair = try Pair(from: now)
        let id = try tenant.act { try $0.importPair(alias: alias, key: pair.key, chain: [pair.certificate]).id }
        let twin = try KeyAlias("twin")
        #expect(throws: KeystoreError.alreadyPresent(id)) {
            try tenant.act { try $0.importPair(alias: alias, key: pair.key, chain: [pair.certificate]) }
        }
        // The same pair under another alias is the same key to everyone.
        try tenant.act { _ = try $0.importPair(alias: twin, key: pair.key, chain: [pair.certificate]) }
        let forged = try Forgery.certificate(like: pair.certificate, from: now)
        let third = try KeyAlias("third")
        #expect(throws: KeystoreError.ambiguous(third, identifier: "issuer and serial number", other: id)) {
            try tenant.act { try $0.importCertificate(alias: third, chain: [forged.sameSerial], partner: partner) }
        }
        #expect(throws: KeystoreError.ambiguous(third, identifier: "subject key identifier", other: id)) {
            try tenant.act { try $0.importCertificate(alias: third, chain: [forged.sameIdentifier], partner: partner) }
        }
    }

    @Test func `a short RSA key is refused`() throws {
        let short = try Certificate(pem: Self.rsa1024)
        tenant.clock.set(to: short.notBefore.addingTimeInterval(60))
        #expect(throws: KeystoreError.weakKey(alias, key: "RSA 1024")) {
            try tenant.act { try $0.importCertificate(alias: alias, chain: [short], partner: partner) }
        }
    }

    @Test func `a private key opens in its own version's place alone`() throws {
        let first = try tenant.create(alias)
        let sealed = try #require(first.sealedPrivateKey)
        _ = try tenant.masterKey.openSecret(sealed, context: first.sealingContext)
        let elsewhere = KeyVersionID(alias: alias, number: 2)
        #expect(throws: KeystoreError.sealBroken(context: "the private key of \(elsewhere)")) {
            _ = try tenant.masterKey.openSecret(sealed, context: "the private key of \(elsewhere)")
        }
    }

    private static let rsa1024 = """
        -----BEGIN CERTIFICATE-----
        MIIB/DCCAWWgAwIBAgIUA3BvchV4wnvHXSXNGuNoTU7HJkMwDQYJKoZIhvcNAQEL
        BQAwEDEOMAwGA1UEAwwFc2hvcnQwHhcNMjYxMTIxMDM0MzQwWhcNMzYxMTE4MDM0
        MzQwWjAQMQ4wDAYDVQQDDAVzaG9ydDCBnzANBgkqhkiG9w0BAQEFAAOBjQAwgYkC
        gYEAoJjM79j8cEo7TmFUK6ckoNzjpbLW1c9KN80tZfVWRBHbRolU3OQ0xueYMVgf
        QjsC6nVrQNdofpgITxekGflZuPX8H3JYSKag8W54QdaYI0eWll9qplBkOmBAPOmE
        oszskDDXfds0bFZMOEkbAG0Y5CRZLibcnPljQRmpRdwrq1UCAwEAAaNTMFEwHQYD
        VR0OBBYEFPkiZzoW7RYGr0RFO2cBBibwxVRrMB8GA1UdIwQYMBaAFPkiZzoW7RYG
        r0RFO2cBBibwxVRrMA8GA1UdEwEB/wQFMAMBAf8wDQYJKoZIhvcNAQELBQADgYEA
        JrRG5Dgv4dcEhoYMkwt15RybSbYkcZHdOqSNaISsiZIgTPmmlCD908KMlue2KjZs
        4zx+Vk5t/rh027tYE1TrRiOudYynXR3Z35YHpoz2pLdRG64y7mEq4OCL7Jn5pq79
        xxR6jCmRsitNN8RCxAUys3K4lteDVihVpgIyRqZqS94=
        -----END CERTIFICATE-----
        """
}
