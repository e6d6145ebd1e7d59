import Cryptography
import Foundation
import Keystore
import Renewal
import TestSupport

/// Keys that others know, and what was said of that beforehand.
extension ModelWorld {
    /// One person says that a version is known to others; two of the tenant's administrators where another is to agree.
    func compromise(_ key: Int, _ version: Int, _ person: Int, _ isAgreed: Bool) async throws {
        let alias = topology.aliases[key % topology.aliases.count]
        let versions = store.contents.versions[alias] ?? []
        guard !versions.isEmpty else { return }
        let active = version == 0 ? versions.first { $0.state == .active } : nil
        let id = (active ?? versions[version % versions.count]).id
        let first = person % 4 == 0 ? pick(person) : people[person % 2]
        try await giveUp(id, by: [first] + (isAgreed ? people.prefix(2).filter { $0 != first } : []))
    }

    /// Each of these says so, until it is done.
    func giveUp(_ id: KeyVersionID, by persons: [Actor]) async throws {
        let usages = topology.usages(of: id.alias)
        for person in persons {
            if let forecast = try? await engine.forecastCompromise(of: id, usages: usages, by: people[0]) {
                forecasts[id] = forecast
            }
            let answer = try await engine.compromise(id, usages: usages, reason: "It was mailed.", by: person)
            guard answer.isDone else { continue }
            if answer.forecast.needsSecondPerson {
                guard let second = answer.approvedBy, second != answer.requestedBy else {
                    throw Unsound(what: "4: \(id) was given up by one person although that loses messages")
                }
            }
            return
        }
    }

    /// From now on what was said to be lost may be, until the partner has read of it and has another key.
    func noteCompromise(of id: KeyVersionID, _ contents: MemoryState) {
        guard compromised[id] == nil else { return }
        compromised[id] = contents.uses.filter { $0.key.version == id }.mapValues(\.succeeded)
        for usage in topology.usages(of: id.alias) {
            let isSaid = forecasts[id]?.losses.contains { $0.names(usage.partner.rawValue) || $0.names(usage.flow) }
            if isSaid == true { forgiven.insert(usage) }
        }
    }

    /// Partners that read of compromised keys go on with what protects now.
    func readOfCompromises() throws {
        let transaction = MemoryRenewalTransaction(store.contents)
        for alias in Set(compromised.keys.map(\.alias)) {
            for usage in topology.usages(of: alias) { try goOn(usage, transaction) }
        }
    }

    private func goOn(_ usage: KeyUsage, _ transaction: MemoryRenewalTransaction) throws {
        let gone = Set(compromised.keys.filter { $0.alias == usage.alias })
        let handled = partners.versions(of: usage)
        guard !handled.isDisjoint(with: gone) || forgiven.contains(usage) else { return }
        let versions = try transaction.versions(of: usage.alias)
        let next: [KeyVersionID] =
            switch usage.purpose {
            case .sign, .encrypt:
                try versions.map(\.id).filter { try transaction.protects($0, for: usage.partner) }
            case .verify, .decrypt: versions.filter { $0.state == .active }.map(\.id)
            }
        guard !next.isEmpty else { return }
        guard handled.isEmpty || !handled.isDisjoint(with: gone) else {
            // It has gone on already, in a renewal since then.
            if !handled.isDisjoint(with: next) { forgiven.remove(usage) }
            return
        }
        partners.set(usage, to: handled.subtracting(gone).union(next))
        forgiven.remove(usage)
    }

    /// People make a new version outside of any renewal, put it into use and tell the partners, when a key has none.
    func replaceKey(_ key: Int) async throws {
        let alias = topology.aliases[key % topology.aliases.count]
        guard store.contents.versions[alias]?.contains(where: { $0.state == .active }) == false,
            try await engine.renewal(holding: alias) == nil
        else { return }
        let (masterKey, now, owner) = (masterKey, clock.now, topology.owners[alias])
        let certificate = spareCertificate()
        try await store.write { transaction in
            let keys = KeyOperations(transaction: transaction, masterKey: masterKey, now: now, actor: "tina")
            let version: KeyVersion
            if case .partner(let partner) = owner {
                let chain = try Certificate.list(pem: certificate)
                version = try keys.importCertificate(alias: alias, chain: chain, partner: partner)
            } else {
                let validity = Duration.seconds(20 * 365 * 86_400)
                version = try keys.create(alias: alias, kind: .p256, subject: "CN=\(alias)", validity: validity)
            }
            if version.state == .staged { _ = try keys.exchange(to: version.id) }
        }
        try readOfCompromises()
    }
}

extension String {
    /// Whether it has the name as a whole word.
    fileprivate func names(_ name: String) -> Bool {
        split { !($0.isLetter || $0.isNumber || $0 == "-") }.contains { $0 == name }
    }
}
