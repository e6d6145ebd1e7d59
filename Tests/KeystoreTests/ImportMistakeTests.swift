import Cryptography
import Foundation
import Keystore
import TestSupport
import Testing

/// The mistakes that are made with certificates that are delivered; each refusal says what to do instead.
@Suite struct ImportMistakeTests {
    private let tenant: Tenant
    private let alias: KeyAlias
    private let partner: PartnerID
    private let pair: Pair

    init() throws {
        tenant = try Tenant()
        alias = try KeyAlias("northwind-sign")
        partner = try PartnerID("northwind")
        pair = try Pair("CN=northwind", from: tenant.clock.now)
    }

    private func take(
        _ chain: [Certificate],
        as name: String = "northwind-sign",
        of partner: String = "northwind",
        _ demands: ImportDemands = ImportDemands()
    ) throws -> KeyVersion {
        try tenant.act {
            try $0.importCertificate(alias: KeyAlias(name), chain: chain, partner: PartnerID(partner), demands: demands)
        }
    }

    private func refusal(_ act: () throws -> Void) -> KeystoreError? {
        let before = tenant.store.contents
        let error = #expect(throws: KeystoreError.self) { try act() }
        #expect(tenant.store.contents.versions == before.versions)
        return error
    }

    @Test func `a wrong fingerprint is refused, with both`() throws {
        let other = try Pair(from: tenant.clock.now).certificate
        let expected = try ImportDemands(fingerprint: Fingerprint(other.fingerprint))
        let error = refusal { _ = try take([pair.certificate], expected) }
        #expect(error?.description.contains(other.fingerprint) == true)
        #expect(error?.description.contains(pair.certificate.fingerprint) == true)
        let spelt = pair.certificate.fingerprint.replacingOccurrences(of: ":", with: " ").lowercased()
        _ = try take([pair.certificate], ImportDemands(fingerprint: Fingerprint(spelt)))
        #expect(tenant.store.contents.audit.last?.detail.hasSuffix(", as confirmed") == true)
        for text in ["", "AB:CD", String(repeating: "a", count: 40), String(repeating: "z", count: 64)] {
            #expect(throws: KeystoreError.invalidFingerprint(text)) { try Fingerprint(text) }
        }
    }

    @Test func `a certificate for the key of somebody else says whose`() throws {
        let ours = try tenant.act {
            try $0.importPair(alias: KeyAlias("orders-sign"), key: pair.key, chain: [pair.certificate])
        }
        let returned = try Pair("CN=northwind", key: pair.key, from: tenant.clock.now).certificate
        for certificate in [pair.certificate, returned] {
            #expect(refusal { _ = try take([certificate]) } == .certificateOfAnotherKey(alias, other: ours.id))
        }
        let first = try Pair("CN=one", from: tenant.clock.now).certificate
        let one = try take([first], as: "one-sign", of: "one")
        #expect(refusal { _ = try take([first]) } == .certificateOfAnotherKey(alias, other: one.id))
        #expect(KeystoreError.certificateOfAnotherKey(alias, other: one.id).description.contains("one-sign version 1"))
        _ = try take([first], ImportDemands(fingerprint: Fingerprint(of: first)))
        // The same partner may use one key under several aliases.
        _ = try take([first], as: "one-encrypt", of: "one")
    }

    @Test func `a pair that does not belong together says which version the certificate is for`() throws {
        let known = try tenant.act {
            try $0.importPair(alias: KeyAlias("orders-sign"), key: pair.key, chain: [pair.certificate])
        }
        let fresh = try PrivateKey.generate(.p256)
        let error = refusal {
            try tenant.act { _ = try $0.importPair(alias: alias, key: fresh, chain: [pair.certificate]) }
        }
        #expect(error == .certificateOfAnotherKey(alias, other: known.id))
    }

    @Test func `a renewed certificate is no new key: nothing has to be switched`() throws {
        let first = try take([pair.certificate])
        let renewed = try Pair("CN=northwind", key: pair.key, from: tenant.clock.now).certificate
        let error = refusal { _ = try take([renewed]) }
        #expect(error == .sameKey(first.id))
        #expect(error?.description.contains("nothing has to be switched") == true)
        #expect(error?.description.contains("rekey key attach northwind-sign") == true)
    }

    @Test func `a certificate for a key that is known to others is refused under every alias`() throws {
        let first = try take([pair.certificate])
        try tenant.act { _ = try $0.markCompromised(first.id) }
        let renewed = try Pair("CN=northwind", key: pair.key, from: tenant.clock.now).certificate
        #expect(refusal { _ = try take([renewed]) } == .compromisedKey(alias, as: first.id))
        let other = try KeyAlias("other")
        #expect(refusal { _ = try take([pair.certificate], as: "other") } == .compromisedKey(other, as: first.id))
    }

    @Test func `key usage must allow what flows use the key for`() throws {
        tenant.clock.set(to: Date(timeIntervalSince1970: 1_800_000_000))
        let issuing = try Certificate(pem: String(decoding: Vectors.octets("keys/issuing.crt.pem"), as: UTF8.self))
        let error = refusal { _ = try take([issuing]) }
        #expect(error?.description.contains("keyCertSign") == true)
        let curve = try Pair("CN=northwind", key: PrivateKey.generate(.ed25519), from: tenant.clock.now).certificate
        let encrypting = refusal { _ = try take([curve], ImportDemands(uses: [.signing, .encryption])) }
        #expect(encrypting == .notSuitable(alias, allows: "digitalSignature", use: "encryption"))
        _ = try take([curve], ImportDemands(uses: [.signing]))
    }

    @Test func `certificates that are not one chain name the stranger`() throws {
        tenant.clock.set(to: Date(timeIntervalSince1970: 1_800_000_000))
        let (_, chain) = try PKCS12.read(Vectors.octets("keys/alice-rsa2048.p12"), password: "peerpass")
        let stranger = try Pair("CN=stranger", from: tenant.clock.now).certificate
        let error = refusal { _ = try take([chain[0], stranger, chain[1]]) }
        #expect(error?.description.contains("CN=stranger") == true)
        // The issuer's name on another key: named by the leaf, but it did not sign it.
        let impostor = try Pair(chain[1].subject, from: tenant.clock.now).certificate
        if chain[0].issuerDER == impostor.subjectDER {
            let forged = refusal { _ = try take([chain[0], impostor]) }
            #expect(forged?.description.contains("did not sign") == true)
        }
        #expect(try take([chain[0], chain[2], chain[1], chain[0]]).chain == chain)
    }

    @Test func `an issuer that has expired, or is not valid yet, is named; the certificate without it is taken`() throws
    {
        let chain = try Certificate.list(pem: String(decoding: Vectors.octets("keys/short-chain.pem"), as: UTF8.self))
        tenant.clock.set(to: chain[1].notAfter.addingTimeInterval(1))
        let error = refusal { _ = try take(chain) }
        #expect(
            error
                == .issuerNotValid(
                    alias,
                    certificate: chain[1].subject,
                    from: chain[1].notBefore,
                    to: chain[1].notAfter
                )
        )
        #expect(error?.description.contains("2027-04-01T00:00:00Z: leave it out") == true)
        #expect(try take([chain[0]]).chain == [chain[0]])
    }
}
