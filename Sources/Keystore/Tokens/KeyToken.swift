package import Cryptography

/// A token as the keystore needs it: a device in which private keys are made, used and erased, and which lets none out.
///
/// All throw `deviceFailed` with the cause and the mend.
package protocol KeyToken: Sendable {
    /// Its name in the configuration.
    var name: TokenName { get }

    /// Finds the token and logs in.
    func reach() throws(CryptographyError)

    /// A new key pair, marked so that the token never shows it.
    func generate(_ kind: KeyKind, label: String) throws(CryptographyError) -> TokenKey

    /// Brings `key` into the token, marked so that the token never shows it; it computes there once to show that it is whole.
    func take(_ key: PrivateKey, label: String) throws(CryptographyError) -> TokenKey

    /// The key that is there under `identifier`, or `label` where that is `nil`, if it is the private half of `publicKey`: it
    /// computes once to show that.
    func key(
        identifier: [UInt8]?,
        label: String?,
        for publicKey: PublicKey
    ) throws(CryptographyError) -> TokenKey

    /// Computes with `key`; the token is not asked before there is something to compute.
    func privateKey(_ key: TokenKey) -> PrivateKey

    /// Erases `key`; nothing when it is not there any more.
    func erase(_ key: TokenKey) throws(CryptographyError)
}
