import Cryptography
import Foundation
import Keystore
import TestSupport
import Testing

/// Certificate requests, and certificates that come for keys that are here.
@Suite struct RenewedCertificateTests {
    private let tenant: Tenant
    private let alias: KeyAlias

    init() throws {
        tenant = try Tenant()
        alias = try KeyAlias("orders-sign")
    }

    private func key(of version: KeyVersion) throws -> PrivateKey {
        let sealed = try #require(version.sealedPrivateKey)
        return try PrivateKey(pkcs8: tenant.masterKey.openSecret(sealed, context: version.sealingContext))
    }

    @Test func `a requested key is pending until its certificate comes, then staged, then exchanged to`() throws {
        let active = try tenant.create(alias)
        let (pending, request) = try tenant.act { try $0.request(alias: alias, kind: .p256, subject: "CN=orders") }
        #expect(pending.state == .pending && pending.chain.isEmpty && pending.hasPrivateKey)
        #expect(request.pem.contains("BEGIN CERTIFICATE REQUEST"))
        #expect(throws: KeystoreError.transitionRefused(pending.id, from: .pending, to: .active)) {
            try tenant.act { try $0.exchange(to: pending.id) }
        }
        let wrong = try Pair(from: tenant.clock.now).certificate
        #expect(throws: KeystoreError.certificateMismatch(alias)) {
            try tenant.act { try $0.attach(alias: alias, chain: [wrong]) }
        }
        let other = try #require(active.certificate)
        #expect(throws: KeystoreError.certificateOfAnotherKey(alias, other: active.id)) {
            try tenant.act { try $0.attach(alias: alias, number: 2, chain: [other]) }
        }
        let issued = try Pair("CN=orders", key: key(of: pending), from: tenant.clock.now).certificate
        let staged = try tenant.act { try $0.attach(alias: alias, chain: [issued]) }
        #expect(staged.id == pending.id && staged.state == .staged && staged.chain == [issued])
        #expect(staged.formerCertificates.isEmpty)
        #expect(try tenant.act { try $0.exchange(to: staged.id) }.state == .active)
    }

    @Test func `a request can be made again, for a pending key and for one in use`() throws {
        let active = try tenant.create(alias)
        let (pending, _) = try tenant.act { try $0.request(alias: alias, kind: .p256, subject: "CN=orders") }
        let generation = tenant.store.contents.generation
        for id in [active.id, pending.id] {
            #expect(try tenant.act { try $0.requestAgain(id, subject: nil) }.version.id == id)
        }
        #expect(tenant.store.contents.generation == generation)
        let partner = try KeyAlias("partner")
        let pair = try Pair(from: tenant.clock.now)
        try tenant.act {
            _ = try $0.importCertificate(alias: partner, chain: [pair.certificate], partner: PartnerID("northwind"))
        }
        #expect(throws: KeystoreError.self) {
            try tenant.act { try $0.request(alias: partner, kind: .p256, subject: "CN=a") }
        }
    }

    @Test func `a renewed certificate is attached: both name the version, the new one is shown`() async throws {
        let active = try tenant.create(alias)
        let old = try #require(active.certificate)
        let renewed = try Pair("CN=orders", key: key(of: active), from: tenant.clock.now).certificate
        let version = try tenant.act { try $0.attach(alias: alias, chain: [renewed]) }
        #expect(version.id == active.id && version.state == .active)
        #expect(version.certificate == renewed && version.formerCertificates == [old])
        #expect(tenant.store.contents.audit.last?.action == "key.renew-certificate")

        let snapshot = try await tenant.keyring().snapshot
        #expect(try snapshot.signingCredential(alias, at: tenant.clock.now).certificate == renewed)
        #expect(snapshot.accepted([alias]).map(\.certificate) == [renewed, old])
        for certificate in [old, renewed] {
            #expect(
                snapshot.candidates(issuer: certificate.issuer, serial: certificate.serialNumber) == [active.id]
            )
            #expect(snapshot.candidates(thumbprint: certificate.thumbprint) == [active.id])
            #expect(snapshot.accepted(certificate).map(\.id) == [active.id])
        }
        #expect(snapshot.candidates(subjectKeyIdentifier: old.keyIdentifier) == [active.id])
        #expect(throws: KeystoreError.alreadyPresent(active.id)) {
            try tenant.act { try $0.attach(alias: alias, chain: [renewed]) }
        }
    }

    @Test func `a certificate that messages could not tell from another key's is not attached`() throws {
        let active = try tenant.create(alias)
        let other = try Pair("CN=orders", from: tenant.clock.now)
        let own = try Pair("CN=orders", key: key(of: active), from: tenant.clock.now).certificate
        let forged = try Forgery.replacingSerial(of: own, by: other.certificate)
        let id = try tenant.act { keys in
            try keys.importPair(alias: KeyAlias("other"), key: other.key, chain: [other.certificate]).id
        }
        #expect(throws: KeystoreError.ambiguous(alias, identifier: "issuer and serial number", other: id)) {
            try tenant.act { try $0.attach(alias: alias, chain: [forged]) }
        }
        try tenant.act { _ = try $0.attach(alias: alias, chain: [own]) }
    }

    @Test func `a certificate that would stop the key, or belongs to a key out of use, is not attached`() throws {
        let active = try tenant.create(alias)
        let key = try key(of: active)
        let now = tenant.clock.now
        let expired = try Pair("CN=orders", key: key, from: now - 100, to: now - 1).certificate
        let future = try Pair("CN=orders", key: key, from: now + 3600).certificate
        for certificate in [expired, future] {
            #expect(throws: KeystoreError.self) { try tenant.act { try $0.attach(alias: alias, chain: [certificate]) } }
        }
        let second = try tenant.create(alias)
        try tenant.act { _ = try $0.exchange(to: second.id) }
        try tenant.act { _ = try $0.stopAccepting(active.id) }
        let late = try Pair("CN=orders", key: key, from: now).certificate
        #expect(throws: KeystoreError.transitionRefused(active.id, from: .retired, to: .staged)) {
            try tenant.act { try $0.attach(alias: alias, chain: [late]) }
        }
    }
}
