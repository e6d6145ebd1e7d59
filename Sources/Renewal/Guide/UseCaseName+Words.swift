/// A case in the words of the operator's guide.
extension UseCaseName {
    /// The file of its page.
    package var pageName: String { rawValue + ".md" }

    /// The partner's system: `sender` or `receiver`.
    var partnerSystem: String { side == .inbound ? "sender" : "receiver" }

    /// Which message of which exchange.
    var exchange: String {
        switch (purpose, side) {
        case (.sign, .outbound), (.encrypt, .outbound): "outbound request"
        case (.decrypt, .outbound), (.verify, .outbound): "outbound response"
        case (.sign, .inbound), (.encrypt, .inbound): "inbound response"
        case (.decrypt, .inbound), (.verify, .inbound): "inbound request"
        }
    }

    /// Who holds the private half.
    var keyOwner: String {
        switch purpose {
        case .sign, .decrypt: "tenant"
        case .encrypt, .verify: partnerSystem
        }
    }

    /// What lies under the alias.
    var holding: String {
        switch purpose {
        case .sign, .decrypt: "the key pair"
        case .encrypt, .verify: "the \(partnerSystem)'s certificate"
        }
    }

    /// What the partner's system does with the key.
    var partnerPart: String {
        let deed =
            switch purpose {
            case .sign: "verifies"
            case .encrypt: "decrypts"
            case .decrypt: "encrypts"
            case .verify: "signs"
            }
        return "\(partnerSystem) \(deed)"
    }

    /// The case in a sentence.
    var sentence: String {
        switch purpose {
        case .sign: "The tenant signs the \(exchange), and the \(partnerSystem) system verifies it."
        case .encrypt: "The tenant encrypts the \(exchange), and the \(partnerSystem) system decrypts it."
        case .decrypt: "The \(partnerSystem) system encrypts the \(exchange), and the tenant decrypts it."
        case .verify: "The \(partnerSystem) system signs the \(exchange), and the tenant verifies it."
        }
    }

    /// An alias for examples.
    var exampleAlias: String {
        switch purpose {
        case .sign: "orders-sign"
        case .decrypt: "orders-decrypt"
        case .encrypt: "\(partnerSystem)-encrypt"
        case .verify: "\(partnerSystem)-sign"
        }
    }
}
