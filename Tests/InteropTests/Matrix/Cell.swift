/// One way to protect a message: a value for each option of its family.
struct Cell: Hashable, Sendable {
    let family: Family
    private(set) var values: [Option: String] = [:]

    init(_ family: Family, _ values: [Option: String] = [:]) {
        self.family = family
        self.values = values
    }

    /// The option's value, or what is usual.
    subscript(option: Option) -> String {
        get { values[option] ?? option.usual }
        set { values[option] = newValue }
    }

    /// Whether the value was chosen already and is this one.
    func holds(_ option: Option, _ value: String) -> Bool { values[option] == value }

    /// Whether the value was chosen already and is one of these.
    func holds(_ option: Option, _ candidates: Set<String>) -> Bool {
        values[option].map(candidates.contains) ?? false
    }

    /// What is done, in order.
    var steps: [String] { self[.steps].split(separator: ",").map(String.init) }

    var isSigned: Bool { steps.contains("sign") }
    var isEncrypted: Bool { steps.contains("encrypt") }
    var bringsToken: Bool { steps.contains("token") }

    /// The values of a request's signatures that the message confirms; `nil` = it confirms nothing.
    var confirmed: [[UInt8]]? {
        values[.confirmation]
            .map { word in
                let values: [[UInt8]] = [[1, 2, 3, 4], [5, 6, 7, 8]]
                return Array(values.prefix(word == "one" ? 1 : word == "two" ? 2 : 0))
            }
    }

    /// Whether a shared secret takes the place of key pairs.
    var isShared: Bool { family == .sharedSecret || family == .sharedKey }

    /// Whom the header is for; `nil` for the ultimate receiver.
    var actor: String? { self[.actor] == Option.actor.usual ? nil : self[.actor] }

    /// The parts that are signed, and those that are encrypted, by word.
    var signedParts: [String] { self[.signed].split(separator: ",").map(String.init) }
    var encryptedParts: [String] { self[.encrypted].split(separator: ",").map(String.init) }
}

extension Cell: CustomStringConvertible {
    var description: String {
        Option.allCases.compactMap { option in values[option].map { "\(option.rawValue)=\($0)" } }
            .joined(separator: " ")
    }
}
