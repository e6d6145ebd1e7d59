import ArgumentParser
import Foundation
import ManagementAPI

/// The command `rekey key import`.
struct KeyImport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Imports a key pair, or a partner's certificate.",
        discussion: """
            The file may be PKCS#12, JKS, JCEKS, PEM or DER (PKCS#8, encrypted too, PKCS#1, SEC 1), a certificate or PKCS#7; \
            its look decides. A key whose certificates are in another file takes --certificate as well; a partner's \
            certificate takes --partner. With --fingerprint only the certificate that was announced is taken. With --token the \
            private key is brought into that token, which does not let it out again, and is not kept in the keystore; the \
            file still holds it.
            """
    )
    @Argument(help: "The key's alias.") var alias: String
    @Option(
        name: [.customLong("file"), .customLong("pkcs12"), .customLong("key")],
        help: "The file with the private key, or with everything.",
        completion: .file()
    )
    var file: String?
    @Option(help: "The file with the certificates, in any order.", completion: .file()) var certificate: String?
    @Option(help: "The entry that is meant, where the file has several.") var entry: String?
    @Option(help: "The file of an entry's own password (Java).", completion: .file()) var entryPasswordFile: String?
    @Option(help: "The partner who owns the certificate.") var partner: String?
    @Option(help: "The SHA-256 that the certificate must have, as its sender said it over another way.")
    var fingerprint: String?
    @Option(help: "The token of the configuration into which the private key is brought, to stay.") var token: String?
    @OptionGroup var password: PasswordOptions
    @OptionGroup var server: ServerOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let request = try AddKeyVersion(alias: alias, source: .file(upload()), fingerprint: fingerprint)
        let key = try await server.withClient { try await $0.addKeyVersion(request) }
        try output.show(key) { key in KeyText.show(key) + (token == nil ? "" : "\n\n" + stillHolding) }
    }

    /// What nobody but the one who has the file can put right.
    private var stillHolding: String {
        "\(file ?? "the file") still holds the private key, which the token does not let out: erase the file and its copies, "
            + "or exchange to a key that was made in the token"
    }

    private func upload() throws -> KeyFileUpload {
        guard let main = file ?? certificate, file != nil || partner != nil else {
            throw ValidationError("Give --file, maybe with --certificate, or --certificate with --partner.")
        }
        let (octets, password) = try UploadedFile.read(main, password, entryPasswordFile)
        var upload = KeyFileUpload(file: octets, password: password)
        if file != nil { upload.certificates = try certificate.map { try Data(FileInput.octets($0)) } }
        upload.keyPassword = try FileInput.password(entryPasswordFile)
        upload.entry = entry
        upload.partner = partner
        upload.token = token
        return upload
    }
}
