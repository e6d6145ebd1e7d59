import Cryptography
import Foundation
import Keystore
import PKCS11

/// SoftHSM tokens that live as long as a rehearsal: one for each of its stages.
struct RehearsalHSM: Sendable {
    /// The tokens that no stage has taken yet.
    private(set) var tokens: [StageToken] = []
    private let folder: URL

    private static let modules = [
        "/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
        "/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so", "/usr/local/lib/softhsm/libsofthsm2.so",
    ]

    /// Makes `count` tokens; throws when SoftHSM is not installed.
    ///
    /// All of them at once, as the module looks for tokens when a process begins to use it. Processes that are started after
    /// this inherit the place of the tokens.
    init(count: Int) throws {
        guard let module = Self.modules.first(where: FileManager.default.fileExists(atPath:)) else {
            throw Failure("SoftHSM is not installed", hint: "install the package softhsm2, or leave out --in-token")
        }
        let files = try StageFiles()
        folder = files.folder
        let place = folder.appending(path: "tokens")
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        try files.write(
            "directories.tokendir = \(place.path)\nobjectstore.backend = file\nlog.level = ERROR\n",
            to: "softhsm2.conf"
        )
        setenv("SOFTHSM2_CONF", folder.appending(path: "softhsm2.conf").path, 1)
        for number in 1...max(1, count) {
            let token = StageToken(module: module, label: "stage-\(number)", pin: RehearsalToken.make())
            try Self.initialize(token)
            tokens.append(token)
        }
    }

    /// The token of the next stage.
    mutating func next() -> StageToken? { tokens.isEmpty ? nil : tokens.removeFirst() }

    /// Removes the tokens with all their keys.
    func remove() { try? FileManager.default.removeItem(at: folder) }

    private static func initialize(_ token: StageToken) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [
            "softhsm2-util", "--init-token", "--free", "--label", token.label, "--pin", token.pin, "--so-pin",
            RehearsalToken.make(),
        ]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failure(
                "softhsm2-util made no token, status \(process.terminationStatus)",
                hint: "run `softhsm2-util --show-slots` to see why"
            )
        }
    }
}

/// The token in which the tenant of one stage keeps its private keys.
struct StageToken: Sendable {
    /// What the tenant's configuration calls it.
    let name = "hsm"
    /// The PIN, which is written into a file beside the configuration.
    let pin: String
    /// What SoftHSM calls it.
    let label: String
    private let module: String
    private let token: Token?

    /// A token of `module`; it is not asked yet.
    init(module: String, label: String, pin: String) {
        (self.module, self.label, self.pin) = (module, label, pin)
        token = TokenName(rawValue: name)
            .map { name in
                Token(
                    TokenSettings(
                        name: name,
                        module: module,
                        choice: .label(label),
                        pin: SecretKey(copying: Array(pin.utf8)),
                        sessionLimit: 1
                    )
                )
            }
    }

    /// The lines of the tenant's configuration; the PIN lies in `hsm.pin`.
    var configuration: String {
        "tokens: [{name: \(name), module: \(module), label: \(label), pinFile: ./hsm.pin}]"
    }

    /// How many halves of the key pair of a version are in the token, as this process, which is not the tenant's, sees it.
    func halves(of alias: String, _ version: Int?) throws -> Int {
        guard let version, let token else { return 0 }
        return try token.objectCount(label: "\(alias)-\(version)")
    }
}
