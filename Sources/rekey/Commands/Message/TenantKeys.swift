import ArgumentParser
import Cryptography
import Foundation
import Keystore
import StoreSQLite
import Timekeeping
import WSSecurity

/// Which tenant's keystore a command reads its keys from.
struct TenantKeyOptions: ParsableArguments {
    @Option(
        help: "A tenant's YAML file (environment REKEY_CONFIG): keys may then be named by --alias.",
        completion: .file()
    )
    var config: String?

    /// The keys of that tenant; nil when none is named.
    func keys() async throws -> TenantKeys? {
        guard let file = config ?? ProcessInfo.processInfo.environment["REKEY_CONFIG"] else { return nil }
        return try await TenantKeys(configuration: file)
    }

    /// The keys for `--alias`; a command line without a tenant is wrong.
    func keysForAlias() async throws -> TenantKeys {
        guard let keys = try await keys() else {
            throw ValidationError("--alias names a key of a tenant: give the tenant's file with --config.")
        }
        return keys
    }
}

/// The keys of a tenant, read from its store; nothing is written, and the tenant may run meanwhile.
struct TenantKeys {
    private let snapshot: KeyringSnapshot

    /// Opens the store that the configuration names, reads every key and closes it.
    init(configuration file: String) async throws {
        do {
            let configuration = try TenantConfiguration(file: file)
            let environment = ProcessInfo.processInfo.environment
            let masterKey = try configuration.loadMasterKey(environment: environment)
            guard FileManager.default.fileExists(atPath: configuration.store) else {
                throw Failure("no store \(configuration.store)", hint: "has the tenant run?", status: .configuration)
            }
            let store = try SQLiteStore(path: configuration.store)
            defer { try? store.close() }
            snapshot = try await Keyring(store: store, masterKey: masterKey, clock: configuration.clock).snapshot
        } catch let fault as ConfigurationFault {
            throw Failure(fault)
        } catch let error as KeystoreError {
            throw Failure(starting: error)
        }
    }

    /// What `alias` signs with.
    func credential(_ alias: String, at now: Date) throws -> SigningCredential {
        try naming {
            let (_, key, certificate, chain) = try snapshot.signingCredential(KeyAlias(alias), at: now)
            return SigningCredential(key: key, certificate: certificate, chain: chain)
        }
    }

    /// Whom `alias` encrypts to.
    func recipient(_ alias: String, at now: Date) throws -> Certificate {
        try naming { try snapshot.recipient(KeyAlias(alias), at: now).certificate }
    }

    /// What `aliases` verify and decrypt with: every version that is accepted now.
    func accepted(_ aliases: [String]) throws -> (verifying: [Certificate], decrypting: [DecryptionKey]) {
        try naming {
            let names = try aliases.map { try KeyAlias($0) }
            for name in names where snapshot.versions(of: name).isEmpty { throw KeystoreError.unknownAlias(name) }
            if let fault = snapshot.faults(of: names).first { throw fault.cause }
            let accepted = snapshot.accepted(names)
            return (
                accepted.map(\.certificate),
                accepted.compactMap { version in
                    version.key.map { DecryptionKey(certificate: version.certificate, key: $0) }
                }
            )
        }
    }

    /// Every certificate of the keystore by alias, version and state.
    var known: [KnownCertificate] {
        snapshot.allVersions.compactMap { version in
            version.certificate.map {
                KnownCertificate(name: "\(version.id) (\(version.state))", certificate: $0)
            }
        }
    }

    /// Every key pair of the keystore that is accepted, to look into messages with.
    var decryptionKeys: [DecryptionKey] {
        snapshot.accepted(snapshot.allAliases)
            .compactMap { version in
                version.key.map { DecryptionKey(certificate: version.certificate, key: $0) }
            }
    }

    private func naming<Value>(_ read: () throws -> Value) throws -> Value {
        do {
            return try read()
        } catch let error as KeystoreError {
            throw Failure("\(error)", hint: "`rekey key list` shows the aliases", status: .usage)
        }
    }
}
