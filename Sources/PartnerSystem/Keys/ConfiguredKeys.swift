import Foundation
import WSSecurity

/// Reads or makes the keys that a configuration names, for a system that has no keyring yet.
struct ConfiguredKeys {
    let configuration: PartnerConfiguration
    let settings: PartnerSettings
    let base: String

    /// All of them in use.
    func make(now: Date) throws -> [HeldKey] {
        var keys = try (configuration.keyPairs ?? []).map { try keyPair($0, now: now) }
        keys += try (configuration.trusted ?? []).map(trusted)
        for index in keys.indices {
            keys[index].inUse = true
        }
        return keys
    }

    private func keyPair(_ source: PartnerConfiguration.KeyPair, now: Date) throws -> HeldKey {
        guard source.use.isOwn else {
            throw PartnerConfigurationError(key: "keyPairs.use", problem: "sign or decrypt is wanted")
        }
        if let kind = source.create {
            let recipe = KeyPairRecipe(
                kind: try PartnerSettings.keyKind(kind, key: "keyPairs.create"),
                name: settings.name,
                validityDays: settings.recipe.validityDays
            )
            return try recipe.make(for: source.use, now: now)
        }
        if let container = source.pkcs12 {
            return try pkcs12(container, source)
        }
        guard let certificate = source.certificate, let privateKey = source.privateKey else {
            throw PartnerConfigurationError(
                key: "keyPairs",
                problem: "create, pkcs12, or certificate and privateKey are wanted"
            )
        }
        return HeldKey(
            use: source.use,
            certificate: try Certificate(pem: text(certificate)),
            privateKey: try PrivateKey(pem: text(privateKey), password: password(source)),
            inUse: true
        )
    }

    private func pkcs12(_ path: String, _ source: PartnerConfiguration.KeyPair) throws -> HeldKey {
        let octets = [UInt8](try Data(contentsOf: URL(filePath: PartnerConfiguration.path(path, below: base))))
        let (key, chain) = try PKCS12.read(octets, password: password(source) ?? "")
        guard let certificate = chain.first else {
            throw PartnerConfigurationError(key: "keyPairs.pkcs12", problem: "\(path) holds no certificate")
        }
        return HeldKey(use: source.use, certificate: certificate, privateKey: key, inUse: true)
    }

    private func trusted(_ source: PartnerConfiguration.Trusted) throws -> HeldKey {
        guard !source.use.isOwn else {
            throw PartnerConfigurationError(key: "trusted.use", problem: "verify or encrypt is wanted")
        }
        return HeldKey(use: source.use, certificate: try Certificate(pem: text(source.certificate)), inUse: true)
    }

    private func password(_ source: PartnerConfiguration.KeyPair) throws -> String? {
        try source.passwordFile.map { try text($0).trimmingCharacters(in: .newlines) }
    }

    private func text(_ path: String) throws -> String {
        try String(contentsOfFile: PartnerConfiguration.path(path, below: base), encoding: .utf8)
    }
}
