import Foundation
import WSSecurity

/// The configuration, read: every value is of its own type, every path absolute.
struct PartnerSettings: Sendable {
    let name: String
    let folder: String
    let control: ListenAddress
    let soap: ListenAddress?
    let portsFile: String?
    let tokenFile: String
    let recipe: KeyPairRecipe
    let protection: PartnerProtection
    let sending: Bool
    let targets: [OrderTarget]
    let timeout: Duration
    let oneWayPaths: Set<String>
    let workingTime: Duration

    /// Reads the configuration; relative paths start from the folder `base`.
    init(_ configuration: PartnerConfiguration, role: PartnerRole, base: String) throws(PartnerConfigurationError) {
        name = try Self.name(configuration.name)
        folder = PartnerConfiguration.path(configuration.folder, below: base)
        control = try ListenAddress(configuration.listen.control, key: "listen.control")
        guard control.isLoopback else {
            throw PartnerConfigurationError(
                key: "listen.control",
                problem: "the control interface listens on loopback alone"
            )
        }
        soap = try Self.soap(configuration, role: role)
        portsFile = configuration.portsFile.map { PartnerConfiguration.path($0, below: base) }
        tokenFile = PartnerConfiguration.path(configuration.tokenFile, below: base)
        let kind = try Self.keyKind(configuration.keyKind ?? KeyKind.rsa2048.rawValue, key: "keyKind")
        recipe = KeyPairRecipe(kind: kind, name: name, validityDays: 3650)
        protection = try Self.protection(configuration.protection)
        sending = configuration.sending ?? true
        targets = try Self.targets(configuration.targets ?? [])
        timeout = try Self.duration(configuration.timeout ?? 65, key: "timeout")
        oneWayPaths = Set(configuration.oneWayPaths ?? [])
        workingTime = try Self.duration(configuration.workingTime ?? 0, key: "workingTime")
    }

    static func keyKind(_ name: String, key: String) throws(PartnerConfigurationError) -> KeyKind {
        guard let kind = KeyKind(rawValue: name) else {
            throw PartnerConfigurationError(
                key: key,
                problem: "\(name) is no kind of key; take rsa-2048, rsa-3072 or rsa-4096"
            )
        }
        return kind
    }

    private static func name(_ name: String) throws(PartnerConfigurationError) -> String {
        let isPlain = name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-._".contains($0)) }
        guard (1...64).contains(name.utf8.count), isPlain else {
            throw PartnerConfigurationError(
                key: "name",
                problem: "1 to 64 ASCII letters, digits, '-', '.' and '_' are wanted"
            )
        }
        return name
    }

    private static func soap(
        _ configuration: PartnerConfiguration,
        role: PartnerRole
    ) throws(PartnerConfigurationError) -> ListenAddress? {
        guard role == .receiver else { return nil }
        guard let soap = configuration.listen.soap else {
            throw PartnerConfigurationError(key: "listen.soap", problem: "a receiver needs it")
        }
        return try ListenAddress(soap, key: "listen.soap")
    }

    private static func protection(
        _ written: PartnerConfiguration.Protection?
    ) throws(PartnerConfigurationError) -> PartnerProtection {
        var protection = PartnerProtection()
        if let reference = written?.keyReference {
            protection.keyReference = try keyReference(reference, key: "protection.keyReference")
        }
        if let reference = written?.encryptionKeyReference {
            protection.encryptionKeyReference = try keyReference(reference, key: "protection.encryptionKeyReference")
        }
        return protection
    }

    private static func keyReference(_ name: String, key: String) throws(PartnerConfigurationError) -> KeyReference {
        guard let reference = KeyReference(rawValue: name) else {
            throw PartnerConfigurationError(
                key: key,
                problem: "\(name): binarySecurityToken, issuerSerial, subjectKeyIdentifier or thumbprint is wanted"
            )
        }
        return reference
    }

    private static func targets(
        _ written: [PartnerConfiguration.Target]
    ) throws(PartnerConfigurationError) -> [OrderTarget] {
        var targets: [OrderTarget] = []
        for target in written {
            guard let soap = SOAPVersion(rawValue: target.soap ?? "1.1") else {
                throw PartnerConfigurationError(key: "targets.soap", problem: "1.1 or 1.2 is wanted")
            }
            guard target.rate > 0, target.rate <= 1000 else {
                throw PartnerConfigurationError(key: "targets.rate", problem: "more than 0 and at most 1000 a second")
            }
            let interval = Duration.seconds(1) / target.rate
            let pattern = target.pattern ?? .requestReply
            targets.append(OrderTarget(url: target.url, pattern: pattern, soap: soap, interval: interval))
        }
        return targets
    }

    private static func duration(_ seconds: Double, key: String) throws(PartnerConfigurationError) -> Duration {
        guard (0...3600).contains(seconds) else {
            throw PartnerConfigurationError(key: key, problem: "0 to 3600 seconds are wanted")
        }
        return .seconds(seconds)
    }
}
