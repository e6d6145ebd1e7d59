/// Reads the fields of a date and time from left to right.
struct DigitReader {
    private let octets: [UInt8]
    private var position = 0

    init(_ text: String) { octets = Array(text.utf8) }

    var isAtEnd: Bool { position == octets.count }

    private var next: UInt8? { isAtEnd ? nil : octets[position] }

    /// Exactly `count` digits.
    mutating func number(_ count: Int) -> Int? {
        guard octets.count - position >= count else { return nil }
        var value = 0
        for _ in 0..<count {
            guard let digit = digit() else { return nil }
            value = value * 10 + digit
        }
        return value
    }

    /// The character `expected`.
    mutating func skip(_ expected: Unicode.Scalar) -> Bool {
        guard next == UInt8(ascii: expected) else { return false }
        position += 1
        return true
    }

    /// A point and digits, or nothing, which is 0.
    mutating func fraction() -> Double? {
        guard skip(".") else { return 0 }
        var value = 0.0
        var unit = 0.1
        var count = 0
        while let digit = digit() {
            value += Double(digit) * unit
            unit /= 10
            count += 1
        }
        return (1...20).contains(count) ? value : nil
    }

    /// Seconds east of UTC.
    mutating func zone() -> Int? {
        if skip("Z") { return 0 }
        let sign: Int
        if skip("+") { sign = 1 } else if skip("-") { sign = -1 } else { return nil }
        guard let hours = number(2), skip(":"), let minutes = number(2), minutes < 60,
            hours * 60 + minutes <= 14 * 60
        else { return nil }
        return sign * (hours * 3600 + minutes * 60)
    }

    private mutating func digit() -> Int? {
        guard let unit = next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(unit) else { return nil }
        position += 1
        return Int(unit - UInt8(ascii: "0"))
    }
}
