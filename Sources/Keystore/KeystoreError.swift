package import Cryptography
package import FoundationEssentials

/// Why the keystore refuses; every case names what it is about, none carries key octets.
package enum KeystoreError: Error, Hashable, Sendable {
    /// Text that is no name of an alias or a partner.
    case invalidName(String)
    /// No version of this alias exists.
    case unknownAlias(KeyAlias)
    /// A former name of a key.
    case renamed(KeyAlias, to: KeyAlias)
    /// A name that another key has.
    case nameTaken(KeyAlias)
    /// A key that the tenant finds by its name.
    case reservedName(KeyAlias)
    /// A key that cannot be renamed, because something is under way on it.
    case inUse(KeyAlias, by: [String])
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
    /// A destruction or an export needs two different persons.
    case secondPersonNeeded(KeyVersionID)
    /// The alias belongs to another owner.
    case ownerMismatch(KeyAlias, owner: KeyOwner)
    /// An import without a certificate.
    case certificateMissing(KeyAlias)
    /// The certificate is not for the private key that came with it.
    case certificateMismatch(KeyAlias)
    /// The certificate is for the key of another version, or of another owner.
    case certificateOfAnotherKey(KeyAlias, other: KeyVersionID)
    /// Text that is no SHA-256 fingerprint.
    case invalidFingerprint(String)
    /// The certificate is not the one whose fingerprint was given.
    case wrongFingerprint(KeyAlias, expected: String, actual: String)
    /// A renewed certificate: for the same key as a version of the alias.
    case sameKey(KeyVersionID)
    /// A certificate for a key that is known to others.
    case compromisedKey(KeyAlias, as: KeyVersionID)
    /// The certificate does not allow what the key is for.
    case notSuitable(KeyAlias, allows: String, use: String)
    /// The certificates do not make one chain.
    case brokenChain(KeyAlias, certificate: String, cause: String)
    /// A certificate above the leaf is not valid.
    case issuerNotValid(KeyAlias, certificate: String, from: Date, to: Date)
    /// The certificate is already a version of the alias.
    case alreadyPresent(KeyVersionID)
    /// Messages could not tell the certificate from another version's.
    case ambiguous(KeyAlias, identifier: String, other: KeyVersionID)
    /// The key is too short.
    case weakKey(KeyAlias, key: String)
    /// There is no export of this name.
    case unknownExport(String)
    /// An export's next act is another one, another person's, or too late.
    case exportRefused(String, status: String, act: String, requestedBy: String)
    /// A backup that cannot be read; the cause.
    case malformedBackup(String)
    /// The master key cannot be had; the cause.
    case masterKey(String)
    /// A sealed item does not open: another master key, another place, or changed octets.
    case sealBroken(context: String)
    /// The configuration names no token of that name.
    case unknownToken(TokenName)
    /// The private key lies in a token, which lets none out.
    case keyInToken(KeyVersionID, TokenName)
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
        case .renamed(let alias, let present):
            "'\(alias)' is called '\(present)' now, and a former name is given to no other key: use the present name"
        case .nameTaken(let alias): "there is a key '\(alias)' already: choose another name"
        case .reservedName(let alias): "the tenant finds the key '\(alias)' by this name: leave it as it is"
        case .inUse(let alias, let work):
            "'\(alias)' cannot be renamed while it is used by \(work.joined(separator: ", ")): finish or abort "
                + "that first"
        case .unknownVersion(let id): "there is no \(id): list the versions with `rekey key show \(id.alias)`"
        case .noActiveVersion(let alias): "'\(alias)' has no active version: exchange to a staged one"
        case .noPrivateKey(let id): "\(id) holds no private key: use a version that has one, or import its key pair"
        case .expired(let id, let end):
            "the certificate of \(id) expired at \(Self.text(end)): exchange to, or import, a valid one"
        case .notYetValid(let id, let begin):
            "the certificate of \(id) becomes valid at \(Self.text(begin)): import it then, or have it issued anew"
        case .transitionRefused(let id, let from, let to):
            "\(id) is \(from.rawValue) and cannot become \(to.rawValue); from \(from.rawValue) it can become "
                + "\(from.successorsText): choose one of these, or another version"
        case .notOnTrial(let id, let state):
            "\(id) is \(state.rawValue): only a staged version is tried out; create or import the next one"
        case .nothingToRollBack(let alias): "'\(alias)' has no retiring version to go back to: exchange to a staged one"
        case .retained(let id, let moment):
            "\(id) must be kept until \(Self.text(moment)): destroy it then, with two persons"
        case .secondPersonNeeded(let id):
            "destroying or exporting \(id) needs the approval of a second person: ask another tenant administrator to give "
                + "the same command"
        case .ownerMismatch(let alias, let owner): "'\(alias)' belongs to \(owner): use another alias"
        case .certificateMissing(let alias): "no certificate was given for '\(alias)': give it, with those above it"
        case .certificateMismatch(let alias):
            "the certificate for '\(alias)' is not that of the private key: give the pair that belongs together"
        case .certificateOfAnotherKey(let alias, let other):
            "the certificate for '\(alias)' is for the key of \(other): it was delivered for another key, so ask for the "
                + "right one, or confirm its fingerprint if two partners share a system"
        case .invalidFingerprint(let text):
            "'\(text)' is no fingerprint: give the SHA-256 of the certificate, 64 hexadecimal digits"
        case .wrongFingerprint(let alias, let expected, let actual):
            "the certificate for '\(alias)' has the fingerprint \(actual), not \(expected): it is not the one that was "
                + "announced; do not take it, and ask its sender over another way"
        case .sameKey(let id):
            "the certificate is a renewed one for the key of \(id), which is no new key: nothing has to be switched; attach "
                + "it with `rekey key attach \(id.alias) --certificate FILE`"
        case .compromisedKey(let alias, let id):
            "the certificate for '\(alias)' is for the key of \(id), which is known to others: ask for one of a new key"
        case .notSuitable(let alias, let allows, let use):
            "the certificate for '\(alias)' allows \(allows), and the key is used for \(use): have it issued with the key "
                + "usage that is needed"
        case .brokenChain(let alias, let certificate, let cause):
            "the certificates for '\(alias)' are not one chain: \(certificate) does not belong, \(cause); give the leaf "
                + "with its issuers alone"
        case .issuerNotValid(let alias, let certificate, let begin, let end):
            "the certificate of the issuer \(certificate) that came for '\(alias)' is valid from \(Self.text(begin)) to "
                + "\(Self.text(end)): leave it out, or give the issuer's present one"
        case .alreadyPresent(let id):
            "the certificate is already there as \(id): give the new one, if there is one"
        case .ambiguous(let alias, let identifier, let other):
            "the certificate for '\(alias)' has the \(identifier) of \(other), so messages could not tell them apart: "
                + "have it issued anew"
        case .weakKey(let alias, let key): "the key for '\(alias)' is \(key): use RSA of at least 2048 bits or EC"
        case .unknownExport(let name): "there is no export '\(name.prefix(80))': list those that are open"
        case .exportRefused(let name, let status, let act, let requester):
            "the export \(name) is \(status) and cannot be \(act): it is approved within a day by another person than "
                + "\(requester), who collects it once within an hour; ask for a new one when it has lapsed"
        case .malformedBackup(let cause):
            "the backup cannot be read, \(cause): give a file that `rekey keystore backup` made, as it was written"
        case .masterKey(let cause): "no master key: \(cause); make one with `openssl rand -base64 32`"
        case .sealBroken(let context):
            "what is sealed for \(context) does not open under this master key: start with the one that sealed it, or name "
                + "that as formerMasterKey"
        case .unknownToken(let name):
            "the configuration names no token '\(name)': name one that it has, or add this one to `tokens`"
        case .keyInToken(let id, let name):
            "the private key of \(id) lies in the token '\(name)', which lets none out: have it backed up by the token's own "
                + "means, or renew the key"
        case .cryptography(let error): error.description
        }
    }

    private static func text(_ moment: Date) -> String {
        moment.formatted(.iso8601)
    }
}
