import COpenSSL

/// The version of the library that computes.
package enum LibraryVersion {
    /// Such as `3.0.17`, of the libcrypto that is loaded, which may be newer than the one that was compiled with.
    package static var libcrypto: String { String(cString: OpenSSL_version(OPENSSL_VERSION_STRING)) }
}
