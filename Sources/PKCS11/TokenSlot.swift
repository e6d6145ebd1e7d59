import CPKCS11

/// A slot with the token that is in it.
struct TokenSlot {
    let number: UInt
    let information: ck_token_info

    /// The slot with the token that was chosen; throws when there is none, or several.
    init(_ module: TokenModule, _ choice: TokenSettings.Choice) throws(TokenFault) {
        let all = try Self.all(module)
        let found = all.filter { $0.matches(choice) }
        guard let slot = found.first else {
            let others = all.map(\.description).joined(separator: ", ")
            throw .refused("there is no token with the \(choice); there are: \(others.isEmpty ? "none" : others)")
        }
        guard found.count == 1 else {
            throw .refused("several tokens have the \(choice): name one by its serial number")
        }
        self = slot
    }

    private init(number: UInt, information: ck_token_info) {
        self.number = number
        self.information = information
    }

    /// Those with a token.
    private static func all(_ module: TokenModule) throws(TokenFault) -> [TokenSlot] {
        let functions = module.functions.pointee
        var count: UInt = 0
        try TokenFault.check("C_GetSlotList", functions.C_GetSlotList?(1, nil, &count))
        var numbers = [UInt](repeating: 0, count: Int(count))
        if count > 0 { try TokenFault.check("C_GetSlotList", functions.C_GetSlotList?(1, &numbers, &count)) }
        var slots: [TokenSlot] = []
        for number in numbers.prefix(Int(count)) {
            var information = ck_token_info()
            // One that went away meanwhile is none.
            guard functions.C_GetTokenInfo?(number, &information) == 0 else { continue }
            slots.append(TokenSlot(number: number, information: information))
        }
        return slots
    }

    /// The token's label.
    var label: String { Self.text(information.label) }
    /// The token's serial number.
    var serialNumber: String { Self.text(information.serial_number) }
    /// Who made the token, and which model it is.
    var maker: String { "\(Self.text(information.manufacturer_id)) \(Self.text(information.model))" }

    /// Throws when the PIN is locked, or one more wrong one would lock it.
    func checkPIN() throws(TokenFault) {
        if information.flags & Flags.pinLocked != 0 { throw .returned("C_GetTokenInfo", ReturnValue(code: 0xA4)) }
        guard information.flags & Flags.finalTry == 0 else {
            throw .refused(
                "one more wrong PIN would lock the token: log in once by the token's own tool, then start again"
            )
        }
    }

    private func matches(_ choice: TokenSettings.Choice) -> Bool {
        switch choice {
        case .label(let text): label == text
        case .serialNumber(let text): serialNumber == text
        }
    }

    /// A field that is padded with blanks.
    private static func text<Field>(_ field: Field) -> String {
        let octets = withUnsafeBytes(of: field) { Array($0) }
        let end = octets.lastIndex { $0 != 0x20 && $0 != 0 }.map { $0 + 1 } ?? 0
        return String(decoding: octets[..<end], as: UTF8.self)
    }
}

extension TokenSlot: CustomStringConvertible {
    /// Label and serial number.
    var description: String { "'\(label)' (serial number \(serialNumber))" }
}
