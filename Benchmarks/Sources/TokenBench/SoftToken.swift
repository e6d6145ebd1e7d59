import Cryptography
import Foundation
import Keystore
import PKCS11

/// A SoftHSM token for the measurement.
enum SoftToken {
    private static let module = "/usr/lib/softhsm/libsofthsm2.so"
    private static let pin = "1234567890"

    /// Why there is none.
    struct Missing: Error, CustomStringConvertible {
        let description = "softhsm2-util made no token: install the package softhsm2"
    }

    static func make(in folder: URL) throws -> Token {
        let tokens = folder.appending(path: "tokens")
        try FileManager.default.createDirectory(at: tokens, withIntermediateDirectories: true)
        let configuration = folder.appending(path: "softhsm2.conf")
        try Data("directories.tokendir = \(tokens.path)\nobjectstore.backend = file\nlog.level = ERROR\n".utf8)
            .write(to: configuration)
        setenv("SOFTHSM2_CONF", configuration.path, 1)
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [
            "softhsm2-util", "--init-token", "--free", "--label", "bench", "--pin", pin, "--so-pin", pin,
        ]
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Missing() }
        return Token(
            TokenSettings(
                name: try TokenName("bench"),
                module: module,
                choice: .label("bench"),
                pin: SecretKey(copying: Array(pin.utf8))
            )
        )
    }
}
