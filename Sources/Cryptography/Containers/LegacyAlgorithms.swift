import COpenSSL

/// Algorithms that libcrypto has put away (RC2, single DES): read in old containers, and nowhere else.
enum LegacyAlgorithms {
    /// Runs `body` again where they are known when it throws `unsupportedAlgorithm`, as a container of them makes it.
    ///
    /// They belong to a context that lives as long as the call, and is the default of this thread alone meanwhile. So `body`
    /// must hand out octets, never an object of libcrypto, and must not be the first to fetch an algorithm that is kept.
    static func offering<Result>(_ body: () throws(ContainerFailure) -> Result) throws(ContainerFailure) -> Result {
        do throws(ContainerFailure) {
            return try body()
        } catch .unsupportedAlgorithm {
            ERR_clear_error()
        }
        guard let context = OSSL_LIB_CTX_new() else { throw .unsupportedAlgorithm }
        defer { OSSL_LIB_CTX_free(context) }
        guard let ordinary = OSSL_PROVIDER_load(context, "default") else { throw .unsupportedAlgorithm }
        defer { OSSL_PROVIDER_unload(ordinary) }
        guard let legacy = OSSL_PROVIDER_load(context, "legacy") else {
            ERR_clear_error()
            throw .unsupportedAlgorithm
        }
        defer { OSSL_PROVIDER_unload(legacy) }
        let former = OSSL_LIB_CTX_set0_default(context)
        defer { OSSL_LIB_CTX_set0_default(former) }
        return try body()
    }
}

/// Why a container did not open.
enum ContainerFailure: Error {
    /// It is encrypted by an algorithm that is not offered here.
    case unsupportedAlgorithm
    /// Anything else.
    case failure(CryptographyError)
}
