import Cryptography
import Foundation
import Keystore
import PKCS11

/// A PKCS #11 token in which private keys of the tenant may lie.
struct ConfiguredToken {
    /// What keys and commands call it.
    let name: TokenName
    /// The maker's library.
    let module: String
    /// Which token of the library.
    let choice: TokenSettings.Choice
    /// Where the PIN lies.
    let pin: SecretPlace
    /// How many sessions are used at once.
    let sessionLimit: Int

    /// Reads `{name: …, module: …, label: … | serialNumber: …, pinFile: …, sessions: …}`.
    init(_ node: ConfigurationNode) throws(ConfigurationFault) {
        try node.allow(
            "name",
            "module",
            "label",
            "serialNumber",
            "pinFile",
            "pinEnvironment",
            "pinCredential",
            "sessions"
        )
        let place = try node.child("name", mend: "name the token")
        guard let name = try TokenName(rawValue: place.text()) else {
            throw try place.fault("`\(place.text())` is no name", mend: "use 1 to 64 of a-z 0-9 . _ -")
        }
        self.name = name
        module = try node.child("module", mend: "name the PKCS#11 library of the token's maker").path()
        switch (node.optionalChild("label"), node.optionalChild("serialNumber")) {
        case (let label?, nil): choice = try .label(label.text())
        case (nil, let number?): choice = try .serialNumber(number.text())
        default: throw node.fault("one label or serialNumber is expected", mend: "write one of the two")
        }
        pin = try SecretPlace(node, "pin")
        sessionLimit =
            try node.optionalChild("sessions")?.number(atLeast: 1, atMost: 1024) ?? TokenSettings.defaultSessionLimit
    }

    /// The token, with its PIN read; it is not asked yet.
    func token(environment: [String: String]) throws(Failure) -> Token {
        try checkOwner(of: module, "the module of the token \(name)", mask: 0o022)
        if case .file(let path) = pin { try checkOwner(of: path, "the PIN of the token \(name)", mask: 0o077) }
        guard let text = pin.text(environment)?.trimmingCharacters(in: .newlines), !text.isEmpty else {
            throw Failure(
                "the PIN of the token \(name) cannot be read from \(pin)",
                hint: "write the PIN there, readable by the tenant's user alone",
                status: .configuration
            )
        }
        return Token(
            TokenSettings(
                name: name,
                module: module,
                choice: choice,
                pin: SecretKey(copying: Array(text.utf8)),
                sessionLimit: sessionLimit
            )
        )
    }

    /// The PIN is as good as the keys, and the module runs in the tenant's process: others may not write, or read, them.
    private func checkOwner(of path: String, _ what: String, mask: Int) throws(Failure) {
        let resolved = URL(filePath: path).resolvingSymlinksInPath().path
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: resolved) else {
            throw Failure(
                "\(what) is not at \(path)",
                hint: "name the file that is there, and let the tenant's user read it",
                status: .configuration
            )
        }
        guard let permissions = attributes[.posixPermissions] as? Int, permissions & mask == 0 else {
            throw Failure(
                "others may \(mask == 0o022 ? "change" : "use") \(what), \(path)",
                hint: mask == 0o022 ? "run `chmod go-w \(path)`" : "run `chmod 600 \(path)`",
                status: .configuration
            )
        }
    }
}
