import Cryptography

/// What runs.
package enum ProgramVersion {
    /// The program's version.
    package static let current = "0.4.0"
    /// The version of libcrypto that is loaded.
    package static var libcrypto: String { LibraryVersion.libcrypto }
    /// Both, as `rekey --version` prints them.
    package static var text: String { "\(current) (libcrypto \(libcrypto))" }
}
