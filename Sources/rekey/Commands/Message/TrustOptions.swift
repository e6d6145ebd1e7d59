import ArgumentParser
import WSSecurity

/// Whom a receiving command trusts beside the certificates that it is given.
struct TrustOptions: ParsableArguments {
    @Option(help: "An alias of the tenant's keystore to verify and decrypt with; repeat for more.")
    var alias: [String] = []
    @OptionGroup var tenant: TenantKeyOptions

    /// The certificates of the files and aliases, by name, and the keys of the aliases and the pair.
    func keys(
        certificateFiles: [String],
        pair: (key: PrivateKey, chain: [Certificate])?
    ) async throws -> (verifying: [KnownCertificate], decrypting: [DecryptionKey]) {
        var verifying = try certificateFiles.flatMap { path in
            try KeyFiles.certificates(path).map { KnownCertificate(name: path, certificate: $0) }
        }
        var decrypting = DecryptionKey.list(pair)
        if !alias.isEmpty {
            let tenant = try await tenant.keysForAlias()
            let accepted = try tenant.accepted(alias)
            let names = tenant.known
            verifying += accepted.verifying.map { certificate in
                names.first { $0.certificate == certificate } ?? KnownCertificate(name: "", certificate: certificate)
            }
            decrypting += accepted.decrypting
        }
        return (verifying, decrypting)
    }
}
