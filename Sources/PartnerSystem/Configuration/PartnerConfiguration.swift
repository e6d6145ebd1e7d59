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
    package struct Listen: Codable, Sendable {
        package var control: String
        package var soap: String?
    }

    package struct Clock: Codable, Sendable {
        package var rehearsalOffsetFile: String
    }

    package struct KeyPair: Codable, Sendable {
        package var use: PartnerKeyUse
        package var create: String?
        package var certificate: String?
        package var privateKey: String?
        package var pkcs12: String?
        package var passwordFile: String?
    }

    package struct Trusted: Codable, Sendable {
        package var use: PartnerKeyUse
        package var certificate: String
    }

    package struct Protection: Codable, Sendable {
        package var keyReference: String?
        package var encryptionKeyReference: String?
    }

    package struct Target: Codable, Sendable {
        package var url: String
        package var pattern: PartnerPattern?
        package var soap: String?
        package var rate: Double
    }

    package var name: String
    package var keys: PartnerKeyMode
    package var folder: String
    package var listen: Listen
    package var portsFile: String?
    package var tokenFile: String
    package var clock: Clock?
    package var keyKind: String?
    package var keyPairs: [KeyPair]?
    package var trusted: [Trusted]?
    package var protection: Protection?
    package var sending: Bool?
    package var targets: [Target]?
    package var timeout: Double?
    package var oneWayPaths: [String]?
    package var workingTime: Double?

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
