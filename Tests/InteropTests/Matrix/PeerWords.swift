import Foundation

/// A cell in the words of a peer's job.
struct PeerWords {
    let keys: InteropKeys

    /// The job that protects as the cell says.
    func protecting(_ cell: Cell, in plain: URL, out: URL) -> PeerJob {
        let signer = keys.signer(of: cell)
        return PeerJob(
            operation: "protect",
            words: files(plain, out) + [("key", signer.prefix), ("to", keys.recipient(of: cell).certificateFile)]
                + options(of: cell)
        )
    }

    /// The job that undoes it.
    func processing(_ cell: Cell, in message: URL, out: URL, trusting signer: InteropKeys.Pair? = nil) -> PeerJob {
        let undoing = ["sign": "verify", "encrypt": "decrypt", "token": "token"]
        let steps = cell.steps.reversed().compactMap { undoing[$0] }.joined(separator: ",")
        let trust = (signer ?? keys.signer(of: cell)).certificateFile
        let words = options(of: cell).filter { $0.name != Option.steps.rawValue }
        return PeerJob(
            operation: "process",
            words: files(message, out) + [("steps", steps), ("key", keys.recipient(of: cell).prefix), ("trust", trust)]
                + words
        )
    }

    /// The cell's values; WSS4J must leave out the Basic Security Profile's checks where the profile forbids one.
    private func options(of cell: Cell) -> [(name: String, value: String)] {
        let outside: [Option: Set<String>] = [
            .signature: Set(["rsa-sha224", "rsa-sha384", "rsa-sha512", "ed25519"] + Family.authenticationCodes),
            .canonicalization: ["inclusive", "inclusive11"],
            .signatureReference: ["keyValue", "x509Data", "certificateIdentifier", "pkiPath"],
            .cipher: ["aes192-cbc", "aes192-gcm", "aes128-gcm", "aes256-gcm"],
        ]
        let keepsProfile = !outside.contains { cell.holds($0.key, $0.value) } && cell.values[.transport] == nil
        var words = Option.allCases.filter { $0 != .soap && ($0 != .actor || cell.actor != nil) }
            .compactMap { option in
                cell.values[option].map { (name: option.rawValue, value: $0) }
            }
        if let confirmed = cell.confirmed {
            words.removeAll { $0.name == Option.confirmation.rawValue }
            let values = confirmed.map { Data($0).base64EncodedString() }.joined(separator: ",")
            words.append((Option.confirmation.rawValue, values.isEmpty ? "none" : values))
        }
        if cell.isShared { words.append(("secret", keys.secretFile)) }
        return words + (keepsProfile ? [] : [("profile", "off")])
    }

    private func files(_ input: URL, _ output: URL) -> [(name: String, value: String)] {
        [("in", input.path(percentEncoded: false)), ("out", output.path(percentEncoded: false))]
    }
}
