import CPKCS11
import Cryptography

/// Numbers of mechanisms.
enum MechanismNumber {
    static let rsaKeyPair: UInt = 0x00
    static let rsaPKCS1: UInt = 0x01
    static let rsaPlain: UInt = 0x03
    static let rsaOAEP: UInt = 0x09
    static let rsaPSS: UInt = 0x0D
    static let ecKeyPair: UInt = 0x1040
    static let ecdsa: UInt = 0x1041
    static let ecdh: UInt = 0x1050
    static let edwardsKeyPair: UInt = 0x1055
    static let montgomeryKeyPair: UInt = 0x1056
    static let eddsa: UInt = 0x1057
}

/// A mechanism without parameters.
func withMechanism<Result>(_ number: UInt, _ body: (UnsafeMutablePointer<ck_mechanism>) -> Result) -> Result {
    var mechanism = ck_mechanism(mechanism: number, parameter: nil, parameter_len: 0)
    return body(&mechanism)
}

/// A mechanism with `parameters` in the form of PKCS #11.
func withMechanism<Parameters, Result>(
    _ number: UInt,
    _ parameters: Parameters,
    _ body: (UnsafeMutablePointer<ck_mechanism>) -> Result
) -> Result {
    var parameters = parameters
    return withUnsafeMutableBytes(of: &parameters) { octets in
        var mechanism = ck_mechanism(
            mechanism: number,
            parameter: octets.baseAddress,
            parameter_len: UInt(octets.count)
        )
        return body(&mechanism)
    }
}

extension SignatureAlgorithm {
    /// Lends the mechanism that signs a digest by this algorithm; `nil` when there is none.
    func withMechanism<Result>(_ body: (UnsafeMutablePointer<ck_mechanism>) -> Result) -> Result? {
        switch self {
        case .rsaPKCS1: PKCS11.withMechanism(MechanismNumber.rsaPKCS1, body)
        case .rsaPSS(let digest, let mgf, let saltOctetCount):
            PKCS11.withMechanism(
                MechanismNumber.rsaPSS,
                ck_rsa_pkcs_pss_params(
                    hash_alg: digest.number,
                    mgf: mgf.maskNumber,
                    s_len: UInt(max(0, saltOctetCount))
                ),
                body
            )
        case .ecdsa: PKCS11.withMechanism(MechanismNumber.ecdsa, body)
        case .ed25519: PKCS11.withMechanism(MechanismNumber.eddsa, body)
        case .hmac: nil
        }
    }
}

extension DigestAlgorithm {
    /// The mechanism that computes it.
    var number: UInt {
        switch self {
        case .sha1: 0x220
        case .sha224: 0x255
        case .sha256: 0x250
        case .sha384: 0x260
        case .sha512: 0x270
        }
    }

    /// The mask generation function with it.
    var maskNumber: UInt {
        switch self {
        case .sha1: 1
        case .sha224: 5
        case .sha256: 2
        case .sha384: 3
        case .sha512: 4
        }
    }

    /// The DER of a `DigestInfo` up to the digest (RFC 8017 section 9.2, note 1).
    var infoPrefix: [UInt8] {
        let identifier: [UInt8] =
            switch self {
            case .sha1: [0x06, 0x05, 0x2B, 0x0E, 0x03, 0x02, 0x1A]
            case .sha224: Self.sha2(4)
            case .sha256: Self.sha2(1)
            case .sha384: Self.sha2(2)
            case .sha512: Self.sha2(3)
            }
        let algorithm = [0x30, UInt8(identifier.count + 2)] + identifier + [0x05, 0x00]
        return [0x30, UInt8(algorithm.count + 2 + octetCount)] + algorithm + [0x04, UInt8(octetCount)]
    }

    private static func sha2(_ last: UInt8) -> [UInt8] {
        [0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, last]
    }
}
