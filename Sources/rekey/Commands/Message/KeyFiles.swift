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
        password: PasswordOptions
    ) throws -> (key: PrivateKey, chain: [Certificate])? {
        try pair(pkcs12: pkcs12, key: key, certificate: certificate, given: password.given())
    }

    /// As above, with the password that was `given`.
    static func pair(
        pkcs12: String?,
        key: String?,
        certificate: String?,
        given password: String?
    ) throws -> (key: PrivateKey, chain: [Certificate])? {
        switch (pkcs12, key, certificate) {
        case (nil, nil, nil):
            return nil
        case (let pkcs12?, nil, nil):
            let octets = try FileInput.octets(pkcs12)
            return try opening(pkcs12, password) { try PKCS12.read(octets, password: $0 ?? "") }
        case (nil, let key?, let certificate?):
            let text = try FileInput.text(key)
            let chain = try certificates(certificate)
            return try (opening(key, password) { try PrivateKey(pem: text, password: $0) }, chain)
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

    /// Reads with the password that was given, and asks for one where it is needed and none was.
    private static func opening<Value>(
        _ path: String,
        _ given: String?,
        _ read: (String?) throws -> Value
    ) throws -> Value {
        try naming(path, given) {
            do {
                return try read(given)
            } catch let error as CryptographyError where error.wantsPassword && given == nil {
                guard let typed = PasswordPrompt.ask(for: path) else { throw error }
                return try read(typed)
            }
        }
    }

    private static func naming<Value>(
        _ path: String,
        _ given: String? = nil,
        _ read: () throws -> Value
    ) throws -> Value {
        do {
            return try read()
        } catch let error as CryptographyError {
            throw Failure(reading: path, error, password: given)
        }
    }
}

extension Failure {
    /// A file of keys that cannot be read with the password that was given, or with none.
    init(reading path: String, _ error: CryptographyError, password given: String?) {
        let isNeeded = error.wantsPassword && given == nil
        let hint =
            switch error {
            case .passwordRequired,
                .wrongPassword where given == nil:
                "name the file of its password with --password-file, or set REKEY_KEY_PASSWORD"
            case .wrongPassword: "give the right password; when it is right, get the file again, as it was made"
            default: "get the whole file again, as it was made; `openssl` or `keytool -list` show what is in it"
            }
        self.init(
            isNeeded ? "\(path) is encrypted, and no password was given" : "\(path): \(error)",
            hint: hint,
            status: .usage
        )
    }
}

extension CryptographyError {
    /// Whether a password, or another one, would help.
    var wantsPassword: Bool { self == .passwordRequired || self == .wrongPassword }
}
