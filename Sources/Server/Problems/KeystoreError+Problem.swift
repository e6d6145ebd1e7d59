import Cryptography
import Keystore

extension KeystoreError {
    /// The stable word for programs.
    var code: String {
        switch self {
        case .invalidName: "invalidName"
        case .unknownAlias: "unknownAlias"
        case .renamed: "renamed"
        case .nameTaken: "nameTaken"
        case .reservedName: "reservedName"
        case .inUse: "inUse"
        case .unknownVersion: "unknownVersion"
        case .noActiveVersion: "noActiveVersion"
        case .noPrivateKey: "noPrivateKey"
        case .expired: "expired"
        case .notYetValid: "notYetValid"
        case .transitionRefused: "transitionRefused"
        case .nothingToRollBack: "nothingToRollBack"
        case .notOnTrial: "notOnTrial"
        case .retained: "retained"
        case .secondPersonNeeded: "secondPersonNeeded"
        case .ownerMismatch: "ownerMismatch"
        case .certificateMissing: "certificateMissing"
        case .certificateMismatch: "certificateMismatch"
        case .certificateOfAnotherKey: "certificateOfAnotherKey"
        case .invalidFingerprint: "invalidFingerprint"
        case .wrongFingerprint: "wrongFingerprint"
        case .sameKey: "sameKey"
        case .compromisedKey: "compromisedKey"
        case .notSuitable: "notSuitable"
        case .brokenChain: "brokenChain"
        case .issuerNotValid: "issuerNotValid"
        case .alreadyPresent: "alreadyPresent"
        case .ambiguous: "ambiguous"
        case .weakKey: "weakKey"
        case .unknownExport: "unknownExport"
        case .exportRefused: "exportRefused"
        case .malformedBackup: "malformedBackup"
        case .masterKey: "masterKey"
        case .sealBroken: "sealBroken"
        case .unknownToken: "unknownToken"
        case .keyInToken: "keyInToken"
        case .cryptography(.deviceFailed): "tokenFailed"
        case .cryptography: "cryptography"
        }
    }

    /// What to do instead.
    var remedy: String {
        switch self {
        case .invalidName: "use 1 to 64 of a-z, 0-9, '.', '_' and '-', a letter or digit first"
        case .unknownAlias, .unknownVersion: "list the keys, and mind the spelling"
        case .renamed: "use the present name"
        case .nameTaken: "choose another name"
        case .reservedName: "leave it as it is"
        case .inUse: "finish or abort that first"
        case .noActiveVersion, .expired: "exchange to a valid, staged version"
        case .noPrivateKey: "use a version that holds its private key"
        case .notYetValid: "wait until the certificate becomes valid"
        case .transitionRefused, .nothingToRollBack, .notOnTrial:
            "look at the versions' states, and choose another version"
        case .retained: "destroy it then; until then it is kept"
        case .secondPersonNeeded: "ask another tenant administrator to give the same command"
        case .ownerMismatch: "use another alias"
        case .certificateMissing, .certificateMismatch: "give the pair that belongs together"
        case .certificateOfAnotherKey: "ask for the certificate of the right key"
        case .invalidFingerprint: "give the SHA-256 of the certificate, 64 hexadecimal digits"
        case .wrongFingerprint: "do not take it; ask its sender over another way"
        case .sameKey: "attach it to the version, as its new certificate"
        case .compromisedKey: "ask for a certificate of a new key"
        case .notSuitable: "have it issued with the key usage that is needed"
        case .brokenChain: "give the leaf with its issuers alone"
        case .issuerNotValid: "leave it out, or give the issuer's present certificate"
        case .alreadyPresent: "nothing is to be done, or give another certificate"
        case .ambiguous: "have the certificate issued anew"
        case .weakKey: "use RSA of at least 2048 bits or EC"
        case .unknownExport: "list the open exports, and mind the spelling"
        case .exportRefused:
            "have another tenant administrator approve it, and its requester collect it; else request a new one"
        case .malformedBackup: "give a file that `rekey keystore backup` made"
        case .masterKey, .sealBroken: "start with the master key that sealed the store"
        case .unknownToken: "name a token of the configuration"
        case .keyInToken: "back it up by the token's own means, or renew the key"
        case .cryptography(.deviceFailed): "mend what the token says; `rekey config check` tries it"
        case .cryptography(.passwordRequired): "give its password"
        case .cryptography(.wrongPassword): "give the right password, or the file again as it was made"
        case .cryptography(.malformedName): "write it as RFC 4514 does, such as CN=orders,O=tenant"
        case .cryptography: "give what is missing, or the whole file as it was made"
        }
    }
}
