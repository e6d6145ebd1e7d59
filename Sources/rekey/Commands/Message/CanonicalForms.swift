import Foundation
import WSSecurity

/// The canonical forms of references whose digest differs, as files to look at.
struct CanonicalForms {
    let folder: String

    /// Writes `NAME.received.xml` and, where it is known, `NAME.signed.xml`; returns their paths.
    func save(_ diagnosis: MessageDiagnosis) throws(Failure) -> [String] {
        var paths: [String] = []
        for (number, signature) in diagnosis.signatures.enumerated() {
            for reference in signature.references where !reference.isSound {
                let name = "signature\(number + 1)-" + Self.word(reference.target ?? reference.uri)
                for (octets, suffix) in [(reference.receivedForm, "received"), (reference.signedForm, "signed")] {
                    guard let octets else { continue }
                    let path = folder + "/\(name).\(suffix).xml"
                    try MessageFiles.write(octets, to: path)
                    paths.append(path)
                }
            }
        }
        return paths
    }

    /// The word as part of a file's name.
    private static func word(_ text: String) -> String {
        String(text.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" }.prefix(64))
    }
}
