/// A part of the engine that takes hostile octets, with what it promises of each input.
package struct FuzzTarget: Sendable {
    /// Its name on the command line and in `Tests/Vectors/fuzz`.
    package let name: String
    /// What it does, in one line.
    package let summary: String
    private let body: @Sendable ([UInt8]) throws(BrokenPromise) -> Void

    init(_ name: String, _ summary: String, _ body: @escaping @Sendable ([UInt8]) throws(BrokenPromise) -> Void) {
        self.name = name
        self.summary = summary
        self.body = body
    }

    /// Hands `input` to the part; throws when a promise does not hold.
    package func run(_ input: [UInt8]) throws(BrokenPromise) { try body(input) }
}

extension FuzzTarget {
    /// Every target.
    package static let all: [FuzzTarget] = [
        .scanner, .canonicalization, .message, .wrapping, .roundTrip, .plaintext, .token, .base64, .certificate, .name,
        .container, .streaming, .streamedPlaintext, .streamedProtection,
    ]
}
