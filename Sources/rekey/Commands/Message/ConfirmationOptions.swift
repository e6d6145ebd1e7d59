import ArgumentParser
import Cryptography
import WSSecurity

/// The signatures of the request that a response confirms (WSS SOAP Message Security 1.1.1 section 8.5).
struct ConfirmationOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            """
            A signature value of the request, in Base64, that the response confirms: what `verify -o json` shows as value; \
            repeat for more. none: the request was not signed.
            """
        )
    )
    var confirm: [String] = []

    /// The values; nil when nothing is confirmed.
    func values() throws -> [[UInt8]]? {
        guard !confirm.isEmpty else { return nil }
        guard confirm != ["none"] else { return [] }
        return try confirm.map { text in
            guard let value = Base64.decode(text), !value.isEmpty else {
                throw ValidationError("\(text) is no signature value: write it in Base64, or none.")
            }
            return value
        }
    }
}
