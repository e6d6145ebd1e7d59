import ArgumentParser
import Cryptography
import Foundation

/// Reads keys and certificates from PEM and PKCS#12 files, with errors that name the file.
enum KeyFiles {
    /// A private key and its certificates, leaf first, from `pkcs12`, or from `key` and `certificate`; nil when none is named.
    static func pair(
        pkcs12: String?,
        key: String?,
        certificate: String?,
        passwordFile: String?
    ) throws -> (key: PrivateKey, chain: [Certificate])? {
        let password = try FileInput.password(passwordFile)
        switch (pkcs12, key, certificate) {
        case (nil, nil, nil):
            return nil
        case (let pkcs12?, nil, nil):
            let octets = try FileInput.octets(pkcs12)
            return try naming(pkcs12) { try PKCS12.read(octets, password: password ?? "") }
        case (nil, let key?, let certificate?):
            let text = try FileInput.text(key)
            let chain = try certificates(certificate)
            return try (naming(key) { try PrivateKey(pem: text, password: password) }, chain)
        default:
            throw ValidationError("Give --pkcs12, or a key with its certificate.")
        }
    }

    /// The certificates of a PEM file, at least one.
    static func certificates(_ path: String) throws -> [Certificate] {
        let text = try FileInput.text(path)
        let certificates = try naming(path) { try Certificate.list(pem: text) }
        guard !certificates.isEmpty else {
            throw Failure("no certificate in \(path)", hint: "give a PEM file", status: .usage)
        }
        return certificates
    }

    private static func naming<Value>(
        _ path: String,
        _ read: () throws -> Value
    ) throws -> Value {
        do {
            return try read()
        } catch let error as CryptographyError {
            throw Failure("\(path): \(error)", hint: hint(error), status: .usage)
        }
    }

    private static func hint(_ error: CryptographyError) -> String? {
        switch error {
        case .passwordRequired, .wrongPassword: "name the file of its password with --password-file"
        default: nil
        }
    }
}
