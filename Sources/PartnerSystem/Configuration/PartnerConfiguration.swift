/// The configuration of a partner system, as its YAML file has it.
///
/// ```yaml
/// name: sender-dual
/// keys: dual                                  # or single
/// folder: ./sender-dual                       # keeps keyring.json (0600); made when missing; keys found there win over keyPairs and trusted
/// listen: {control: "127.0.0.1:0", soap: "127.0.0.1:0"}   # soap: receiver only; port 0 = a free one
/// portsFile: ./sender-dual/ports.json         # written once every listener is up: {"control": 40001, "soap": 40002}
/// tokenFile: ./sender-dual.token              # bearer token of the control interface
/// clock: {rehearsalOffsetFile: ./clock}       # rehearsal only
/// keyKind: rsa-2048                           # of the key pairs that the system makes itself
/// keyPairs: [{use: sign, create: rsa-2048}, {use: decrypt, certificate: d.crt.pem, privateKey: d.key.pem}, {use: sign, pkcs12: s.p12, passwordFile: s.pw}]
/// trusted: [{use: verify, certificate: tenant-reply-sign.pem}, {use: encrypt, certificate: tenant-decrypt-request.pem}]
/// protection: {keyReference: binarySecurityToken, encryptionKeyReference: issuerSerial}
/// # sender
/// sending: true                               # whether it sends from the start
/// targets: [{url: "http://127.0.0.1:8080/in/orders-dual", pattern: requestReply, soap: "1.1", rate: 5}]   # messages a second
/// timeout: 65                                 # seconds to wait for an answer
/// # receiver
/// oneWayPaths: [/notices]                     # answered with 202; every other path with a confirmation
/// workingTime: 0.01                           # seconds spent on an order before it is confirmed
/// ```
///
/// Paths are relative to the folder of the file.
package struct PartnerConfiguration: Codable, Sendable {
    struct Listen: Codable, Sendable {
        var control: String
        var soap: String?
    }

    /// The clock that a rehearsal moves.
    package struct Clock: Codable, Sendable {
        /// The file of the seconds that the clock is ahead.
        package var rehearsalOffsetFile: String
    }

    struct KeyPair: Codable, Sendable {
        var use: PartnerKeyUse
        var create: String?
        var certificate: String?
        var privateKey: String?
        var pkcs12: String?
        var passwordFile: String?
    }

    struct Trusted: Codable, Sendable {
        var use: PartnerKeyUse
        var certificate: String
    }

    struct Protection: Codable, Sendable {
        var keyReference: String?
        var encryptionKeyReference: String?
    }

    struct Target: Codable, Sendable {
        var url: String
        var pattern: PartnerPattern?
        var soap: String?
        var rate: Double
    }

    /// The system's name.
    package var name: String
    /// How many keys it holds at once.
    package var keys: PartnerKeyMode
    var folder: String
    var listen: Listen
    /// The file that the ports are written to.
    package var portsFile: String?
    /// The file of the control interface's bearer token.
    package var tokenFile: String
    /// Given in a rehearsal alone.
    package var clock: Clock?
    var keyKind: String?
    var keyPairs: [KeyPair]?
    var trusted: [Trusted]?
    var protection: Protection?
    var sending: Bool?
    var targets: [Target]?
    var timeout: Double?
    var oneWayPaths: [String]?
    var workingTime: Double?

    /// The keys of the file's top level.
    package enum CodingKeys: String, CodingKey, CaseIterable {
        case name, keys, folder, listen, portsFile, tokenFile, clock, keyKind, keyPairs, trusted, protection
        case sending, targets, timeout, oneWayPaths, workingTime
    }

    /// `path` if it is absolute, else the one below the folder `base`.
    package static func path(_ path: String, below base: String) -> String {
        path.hasPrefix("/") ? path : "\(base)/\(path)"
    }
}
