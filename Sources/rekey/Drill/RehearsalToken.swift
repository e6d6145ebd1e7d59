/// Bearer tokens that live as long as a rehearsal.
enum RehearsalToken {
    /// Four random 64-bit numbers in hexadecimal.
    static func make() -> String {
        (0..<4).map { _ in String(UInt64.random(in: .min ... .max), radix: 16) }.joined()
    }
}
