import Cryptography
import Foundation
import Keystore
import TestSupport
import Testing

@Suite struct KeystoreImportTests {
    private let tenant: Tenant
    private let file: KeyFile

    init() throws {
        tenant = try Tenant()
        tenant.clock.set(to: Date(timeIntervalSince1970: 1_800_000_000))
        file = try KeyFile(Vectors.octets("keystores/orders.jks"), password: "peerpass", keyPassword: "otherpass")
    }

    private func take(_ keystore: KeystoreImport) throws -> [String: KeystoreImport.Line] {
        let lines = try tenant.act { try $0.take(keystore) }
        return Dictionary(uniqueKeysWithValues: lines.map { ($0.entry, $0) })
    }

    @Test func `new aliases are added, and a second time everything is there`() throws {
        let keystore = try KeystoreImport(file, mode: .add, partner: PartnerID("northwind"))
        let lines = try take(keystore)
        #expect(lines.count == 3 && lines.values.allSatisfy { $0.act == .add && $0.version == 1 })
        #expect(try tenant.state(KeyAlias("orders-sign"), 1) == .active)
        #expect(
            try tenant.store.contents.versions[.init(alias: KeyAlias("northwind"), number: 1)]?.owner
                == .partner(PartnerID("northwind"))
        )
        let before = tenant.store.contents
        #expect(try take(keystore).values.map(\.act) == [.skip, .skip, .skip])
        #expect(tenant.store.contents.generation == before.generation)
        let again = try KeystoreImport(file, mode: .replace, partner: PartnerID("northwind"))
        #expect(try take(again).values.map(\.act) == [.skip, .skip, .skip])
        #expect(tenant.store.contents.versions == before.versions)
    }

    @Test func `what is there is left alone, or gets a staged version; a certificate needs its owner`() throws {
        try tenant.create(KeyAlias("orders-sign"))
        let added = try take(KeystoreImport(file, mode: .add))
        #expect(added["orders-sign"]?.act == .skip && added["orders-decrypt"]?.act == .add)
        #expect(added["northwind"]?.act == .refuse && added["northwind"]?.reason.contains("say whose it is") == true)
        let replaced = try take(KeystoreImport(file, mode: .replace))
        #expect(replaced["orders-sign"]?.act == .replace && replaced["orders-sign"]?.version == 2)
        #expect(try tenant.state(KeyAlias("orders-sign"), 1) == .active)
        #expect(try tenant.state(KeyAlias("orders-sign"), 2) == .staged)
    }

    @Test func `a refused entry does not hold up the others, aliases can be chosen`() throws {
        let locked = try KeyFile(Vectors.octets("keystores/orders.jks"), password: "peerpass")
        let lines = try take(
            KeystoreImport(locked, mode: .add, aliases: ["orders-sign": KeyAlias("billing-sign")])
        )
        #expect(lines["orders-sign"]?.alias?.rawValue == "billing-sign" && lines["orders-sign"]?.act == .add)
        #expect(lines["orders-decrypt"]?.act == .refuse)
        #expect(tenant.store.contents.versions.count == 1)
    }

    @Test(arguments: ["mixed.jceks", "mixed.p12"])
    func `a secret key is refused by name, and everything else is taken`(_ name: String) throws {
        let mixed = try KeyFile(Vectors.octets("keystores/\(name)"), password: "peerpass", keyPassword: "otherpass")
        let lines = try take(KeystoreImport(mixed, mode: .add, partner: PartnerID("northwind")))
        for entry in ["shared-aes", "shared-hmac"] {
            #expect(lines[entry]?.act == .refuse)
            #expect(lines[entry]?.reason.contains("a secret key, which no alias stands for") == true)
        }
        #expect(lines.values.count { $0.act == .add } == 3)
    }

    @Test func `two entries of a file do not share an alias`() throws {
        let one = try KeyAlias("one")
        let lines = try take(
            KeystoreImport(file, mode: .replace, aliases: ["orders-sign": one, "orders-decrypt": one])
        )
        let acts = [lines["orders-sign"], lines["orders-decrypt"]].compactMap { $0?.act.rawValue }
        #expect(acts.sorted() == ["add", "refuse"])
        #expect(tenant.store.contents.versions.keys.map(\.number) == [1])
    }

    @Test func `a renewed certificate is attached`() throws {
        let alias = try KeyAlias("orders-sign")
        let (key, chain) = try file.pair(named: "orders-sign")
        let own = try Pair("CN=orders", key: key, from: tenant.clock.now).certificate
        try tenant.act { _ = try $0.importPair(alias: alias, key: key, chain: [own]) }
        let lines = try take(KeystoreImport(file, mode: .replace))
        #expect(lines["orders-sign"]?.act == .renew && lines["orders-sign"]?.version == 1)
        let version = tenant.store.contents.versions[KeyVersionID(alias: alias, number: 1)]
        #expect(version?.chain == chain && version?.formerCertificates == [own])
    }
}
