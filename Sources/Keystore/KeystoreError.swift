package import Cryptography
package import FoundationEssentials

/// Why the keystore refuses; every case names what it is about, none carries key octets.
package enum KeystoreError: Error, Hashable, Sendable {
    /// Text that is no name of an alias or a partner.
    case invalidName(String)
    /// No version of this alias exists.
    case unknownAlias(KeyAlias)
    /// The version does not exist.
    case unknownVersion(KeyVersionID)
    /// The alias has no active version, so nothing can be protected with it.
    case noActiveVersion(KeyAlias)
    /// The version holds no private key (a partner's certificate, or destroyed).
    case noPrivateKey(KeyVersionID)
    /// The certificate's validity ended.
    case expired(KeyVersionID, notAfter: Date)
    /// The certificate's validity has not begun.
    case notYetValid(KeyVersionID, notBefore: Date)
    /// The state does not allow the change.
    case transitionRefused(KeyVersionID, from: KeyVersionState, to: KeyVersionState)
    /// A trial of a version that is not staged.
    case notOnTrial(KeyVersionID, KeyVersionState)
    /// A rollback without a version that was exchanged before.
    case nothingToRollBack(KeyAlias)
    /// The version must be kept until `possibleAt`.
    case retained(KeyVersionID, possibleAt: Date)
    /// A destruction needs two different persons.
    case secondPersonNeeded(KeyVersionID)
    /// The alias belongs to another owner.
    case ownerMismatch(KeyAlias, owner: KeyOwner)
    /// An import without a certificate.
    case certificateMissing(KeyAlias)
    /// The certificate is not for the private key that came with it.
    case certificateMismatch(KeyAlias)
    /// The certificate is already a version of the alias.
    case alreadyPresent(KeyVersionID)
    /// Messages could not tell the certificate from another version's.
    case ambiguous(KeyAlias, identifier: String, other: KeyVersionID)
    /// The key is too short.
    case weakKey(KeyAlias, key: String)
    /// The master key cannot be had; the cause.
    case masterKey(String)
    /// A sealed item does not open: another master key, another place, or changed octets.
    case sealBroken(context: String)
    /// A computation failed.
    case cryptography(CryptographyError)
}

extension KeystoreError {
    /// The result of `body`, its failure as `cryptography`.
    static func wrapping<Result>(_ body: () throws(CryptographyError) -> Result) throws(KeystoreError) -> Result {
        do throws(CryptographyError) {
            return try body()
        } catch {
            throw .cryptography(error)
        }
    }
}

extension KeystoreError: CustomStringConvertible {
    /// The cause and what to do instead.
    package var description: String {
        switch self {
        case .invalidName(let text):
            "'\(text.prefix(80))' is no name: use 1 to 64 of a-z, 0-9, '.', '_' and '-', a letter or digit first"
        case .unknownAlias(let alias): "there is no key '\(alias)': create or import it"
        case .unknownVersion(let id): "there is no \(id)"
        case .noActiveVersion(let alias): "'\(alias)' has no active version: exchange to a staged one"
        case .noPrivateKey(let id): "\(id) holds no private key"
        case .expired(let id, let end): "the certificate of \(id) expired at \(Self.text(end)): exchange to a valid one"
        case .notYetValid(let id, let begin): "the certificate of \(id) becomes valid at \(Self.text(begin))"
        case .transitionRefused(let id, let from, let to):
            "\(id) is \(from.rawValue) and cannot become \(to.rawValue); from \(from.rawValue) it can become "
                + from.successorsText
        case .notOnTrial(let id, let state): "\(id) is \(state.rawValue): only a staged version is tried out"
        case .nothingToRollBack(let alias): "'\(alias)' has no retiring version to go back to"
        case .retained(let id, let moment):
            "\(id) must be kept until \(Self.text(moment)): destroy it then, with two persons"
        case .secondPersonNeeded(let id): "the destruction of \(id) needs the approval of a second person"
        case .ownerMismatch(let alias, let owner): "'\(alias)' belongs to \(owner): use another alias"
        case .certificateMissing(let alias): "no certificate was given for '\(alias)'"
        case .certificateMismatch(let alias):
            "the certificate for '\(alias)' is not that of the private key: give the pair that belongs together"
        case .alreadyPresent(let id): "the certificate is already there as \(id)"
        case .ambiguous(let alias, let identifier, let other):
            "the certificate for '\(alias)' has the \(identifier) of \(other), so messages could not tell them apart: "
                + "have it issued anew"
        case .weakKey(let alias, let key): "the key for '\(alias)' is \(key): use RSA of at least 2048 bits or EC"
        case .masterKey(let cause): "no master key: \(cause); make one with `openssl rand -base64 32`"
        case .sealBroken(let context): "what is sealed for \(context) does not open under this master key"
        case .cryptography(let error): error.description
        }
    }

    private static func text(_ moment: Date) -> String {
        moment.formatted(.iso8601)
    }
}
