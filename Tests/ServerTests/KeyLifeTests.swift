import Cryptography
import Foundation
import Keystore
import ManagementAPI
import Server
import Synchronization
import TestSupport
import Testing

@Suite("The life of keys over the management API")
struct KeyLifeTests {
    private static func upload(_ name: String, password: String? = "peerpass") throws -> KeyFileUpload {
        try KeyFileUpload(file: Data(Vectors.octets(name)), password: password)
    }

    @Test("Keys come in from every format, the announced certificate alone is taken")
    func importing() async throws {
        try await World.run { world in
            let api = world.api(.administrator)
            var java = try Self.upload("keystores/orders.jceks")
            java.entry = "orders-sign"
            let fingerprint = try Certificate(
                pem: String(decoding: Vectors.octets("keys/alice-rsa2048.crt.pem"), as: UTF8.self)
            )
            .fingerprint
            let wrong = AddKeyVersion(
                alias: "sign",
                source: .file(java),
                fingerprint: String(repeating: "AB", count: 32)
            )
            let refused = try await refusal { _ = try await api.addKeyVersion(wrong) }
            #expect(refused.code == "wrongFingerprint" && refused.status == 422)
            let right = AddKeyVersion(alias: "sign", source: .file(java), fingerprint: fingerprint)
            #expect(try await api.addKeyVersion(right).versions.map(\.fingerprint) == [fingerprint])

            var parts = try Self.upload("keystores/alice-p256.encrypted.der")
            parts.certificates = try Data(Vectors.octets("keys/alice-p256.crt.der"))
            let der = try await api.addKeyVersion(AddKeyVersion(alias: "der", source: .file(parts)))
            #expect(der.versions.map(\.hasPrivateKey) == [true])
            var bag = try Self.upload("keystores/alice-rsa2048.p7b.pem", password: nil)
            bag.partner = "sender"
            let owned = try await refusal {
                _ = try await api.addKeyVersion(AddKeyVersion(alias: "partner", source: .file(bag)))
            }
            #expect(owned.code == "certificateOfAnotherKey" && owned.detail.contains("sign version 1"))
        }
    }

    @Test("A request goes out, its certificate comes in, and a renewed one is attached")
    func certifying() async throws {
        try await World.run { world in
            let api = world.api(.administrator)
            let request = try await api.requestCertificate("orders", RequestCertificate(kind: "p-256"))
            #expect(request.state == "pending" && request.pem.contains("CERTIFICATE REQUEST"))
            #expect(try await api.key("orders").versions.map(\.state) == ["pending"])
            let certificate = try await issue(for: request, world)
            let attached = try await api.attach("orders", AttachCertificate(certificates: certificate))
            #expect(attached.versions.map(\.state) == ["staged"])
            _ = try await api.exchange("orders", ExchangeKey(reason: "first"))

            let again = try await api.requestCertificate("orders", RequestCertificate(version: 1))
            let renewed = try await issue(for: again, world)
            let file = KeyFileUpload(file: renewed)
            let refused = try await refusal {
                var partner = file
                partner.partner = "sender"
                _ = try await api.addKeyVersion(AddKeyVersion(alias: "other", source: .file(partner)))
            }
            #expect(refused.code == "certificateOfAnotherKey")
            let key = try await api.attach("orders", AttachCertificate(certificates: renewed, version: 1))
            #expect(key.activeVersion == 1 && key.versions[0].fingerprint != attached.versions[0].fingerprint)
            let forbidden = try await refusal {
                _ = try await world.api(.developer).requestCertificate("orders", RequestCertificate())
            }
            #expect(forbidden.code == "wrongRole")
        }
    }

    /// A certificate for the key of a request, as an authority would issue it.
    private func issue(for request: CertificateRequestResource, _ world: World) async throws -> Data {
        let id = try KeyVersionID(alias: KeyAlias(request.alias), number: request.version)
        let stored = try await world.tenant.keystore.read { try $0.version(id) }
        let version = try #require(stored)
        let sealed = try #require(version.sealedPrivateKey)
        let pkcs8 = try world.tenant.masterKey.openSecret(sealed, context: version.sealingContext)
        let key = try PrivateKey(pkcs8: pkcs8)
        let certificate = try Certificate.selfSigned(
            key: key,
            subject: "CN=orders",
            notBefore: world.clock.now - 60,
            notAfter: world.clock.now + 86_400
        )
        return try Data(CertificateBag.pkcs7([certificate]))
    }

    @Test("A private key leaves encrypted, by two persons, once")
    func exporting() async throws {
        try await World.run { world in
            let (first, second) = (world.api(.administrator), world.api(.secondAdministrator))
            _ = try await first.addKeyVersion(.fresh("orders"))
            let export = try await first.requestExport("orders", RequestKeyExport(version: 1, reason: "move"))
            #expect(try await second.exports().map(\.id) == [export.id])
            let own = try await refusal { _ = try await first.approveExport(export.id) }
            #expect(own.code == "secondPersonNeeded" && own.status == 403)
            let collect = CollectKeyExport(form: .pkcs12, password: "correct horse battery")
            #expect(try await refusal { _ = try await first.collectExport(export.id, collect) }.code == "exportRefused")
            #expect(try await second.approveExport(export.id).status == "approved")
            let weak = CollectKeyExport(form: .pkcs12, password: "short")
            #expect(try await refusal { _ = try await first.collectExport(export.id, weak) }.status == 400)
            let file = try await first.collectExport(export.id, collect).file
            let (key, chain) = try PKCS12.read([UInt8](file), password: "correct horse battery")
            #expect(key.publicKey == chain[0].publicKey)
            #expect(try await refusal { _ = try await first.collectExport(export.id, collect) }.code == "exportRefused")
            #expect(try await first.exports().isEmpty)
            let audit = try await first.audit().map(\.action)
            #expect(audit.contains("key.export-request") && audit.contains("key.export"))
            #expect(try await refusal { _ = try await world.api(.developer).exports() }.code == "wrongRole")
        }
    }

    @Test("A whole keystore is summed up first, and taken in when it is said")
    func keystore() async throws {
        try await World.run { world in
            let api = world.api(.administrator)
            var request = try ImportKeystore(
                file: Data(Vectors.octets("keystores/orders.java.p12")),
                password: "peerpass"
            )
            request.partner = "sender"
            let summary = try await api.importKeystore(request)
            #expect(!summary.applied && summary.format == "pkcs12")
            #expect(summary.lines.map(\.act) == ["add", "add", "add"])
            #expect(try await api.keys().isEmpty)
            request.apply = true
            let done = try await api.importKeystore(request)
            #expect(done.applied && done.lines == summary.lines)
            #expect(try await api.keys().map(\.alias) == ["northwind", "orders-decrypt", "orders-sign"])
            #expect(try await api.importKeystore(request).lines.map(\.act) == ["skip", "skip", "skip"])
        }
    }

    @Test("A backup is made under a passphrase, its diff is shown, and what is missing comes back")
    func backup() async throws {
        try await World.run { world in
            let api = world.api(.administrator)
            _ = try await api.addKeyVersion(.fresh("orders"))
            let passphrase = "correct horse battery"
            let backup = try await api.backUp(BackUpKeystore(passphrase: passphrase))
            #expect(backup.versions == 1)
            let same = try await api.restore(RestoreKeystore(file: backup.file, passphrase: passphrase, apply: true))
            #expect(same.lines.map(\.act) == ["same"] && same.applied)
            let wrong = try await refusal {
                _ = try await api.restore(RestoreKeystore(file: backup.file, passphrase: "another passphrase"))
            }
            #expect(wrong.code == "cryptography")
            let short = try await refusal { _ = try await api.backUp(BackUpKeystore(passphrase: "short")) }
            #expect(short.status == 400)
            #expect(try await api.audit().contains { $0.action == "keystore.backup" })
            let developer = try await refusal {
                _ = try await world.api(.developer).backUp(BackUpKeystore(passphrase: passphrase))
            }
            #expect(developer.code == "wrongRole")
        }
    }

    @Test("A restore is summed up first; what is missing comes back when it is said, and no key of another master key")
    func restore() async throws {
        let passphrase = "correct horse battery"
        let file = Mutex(Data())
        try await World.run { world in
            try await world.deployOrders()
            let made = try await world.api(.administrator).backUp(BackUpKeystore(passphrase: passphrase)).file
            file.withLock { $0 = made }
        }
        try await World.run { world in
            let api = world.api(.administrator)
            var request = RestoreKeystore(file: file.withLock { $0 }, passphrase: passphrase)
            let diff = try await api.restore(request)
            #expect(diff.lines.map(\.alias) == ["reply-sign", "sender-sign"] && !diff.applied)
            #expect(diff.lines.map(\.act) == ["refuse", "add"])
            #expect(try await api.keys().isEmpty)
            request.apply = true
            #expect(try await api.restore(request).lines == diff.lines)
            #expect(try await api.keys().map(\.alias) == ["sender-sign"])
        }
    }

    @Test("A certificate must allow what the flows use its alias for")
    func usage() async throws {
        try await World.run { world in
            try await world.deployOrders()
            let encrypting = world.orders()
                .replacing("{sign: reply-sign}", with: "{sign: reply-sign, encrypt: sender-enc}")
            _ = try await world.api(.developer).putFlow("orders", yaml: encrypting)
            let certificate = try Certificate.selfSigned(
                key: PrivateKey.generate(.ed25519),
                subject: "CN=sender",
                notBefore: world.clock.now - 60,
                notAfter: world.clock.now + 86_400
            )
            let request = AddKeyVersion(
                alias: "sender-enc",
                source: .certificate(certificates: certificate.pem, partner: "sender")
            )
            let refused = try await refusal { _ = try await world.api(.administrator).addKeyVersion(request) }
            #expect(refused.code == "notSuitable" && refused.detail.contains("encryption"))
        }
    }

    @Test("Without a former master key there is nothing to rotate")
    func rotation() async throws {
        try await World.run { world in
            let refused = try await refusal { _ = try await world.api(.administrator).rotateMasterKey() }
            #expect(refused.code == "notAllowedNow" && refused.remedy.contains("formerMasterKey"))
        }
    }
}
