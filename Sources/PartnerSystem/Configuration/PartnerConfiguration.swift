/// The configuration of a partner system, as its YAML file has it (`docs/partner-systems.md`).
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
