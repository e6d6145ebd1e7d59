import CPKCS11
import Cryptography

/// Attributes of an object in a token: a template of PKCS #11 section 4.4.
struct Template {
    private enum Value {
        case octets([UInt8])
        case secret(SecretKey)
    }

    private var attributes: [(type: UInt, value: Value)] = []

    /// Adds a flag.
    func flag(_ type: UInt, _ value: Bool = true) -> Template { octets(type, [value ? 1 : 0]) }

    /// Adds a number.
    func number(_ type: UInt, _ value: UInt) -> Template { octets(type, withUnsafeBytes(of: value) { Array($0) }) }

    /// Adds octets.
    func octets(_ type: UInt, _ value: [UInt8]) -> Template { adding(type, .octets(value)) }

    /// Adds a secret, which is lent where it lies.
    func secret(_ type: UInt, _ value: SecretKey) -> Template { adding(type, .secret(value)) }

    /// Lends the template in the form of PKCS #11 for the length of `body`.
    func withAttributes<Result>(_ body: (UnsafeMutablePointer<ck_attribute>, UInt) -> Result) -> Result {
        let list = UnsafeMutablePointer<ck_attribute>.allocate(capacity: attributes.count)
        defer { list.deallocate() }
        return lend(0, list) { body(list, UInt(attributes.count)) }
    }

    /// Fills `list` from `index` on, each value where it lies, and calls `body` while all of them do.
    private func lend<Result>(
        _ index: Int,
        _ list: UnsafeMutablePointer<ck_attribute>,
        _ body: () -> Result
    ) -> Result {
        guard attributes.indices.contains(index) else { return body() }
        let type = attributes[index].type
        func fill(_ value: UnsafeRawBufferPointer) -> Result {
            // The standard's functions take what they only read as if they might change it.
            let start = UnsafeMutableRawPointer(mutating: value.baseAddress)
            list.advanced(by: index)
                .initialize(to: ck_attribute(type: type, value: start, value_len: UInt(value.count)))
            return lend(index + 1, list, body)
        }
        switch attributes[index].value {
        case .octets(let octets): return octets.withUnsafeBytes(fill)
        case .secret(let secret): return secret.withSecret { $0.withUnsafeBytes(fill) }
        }
    }

    private func adding(_ type: UInt, _ value: Value) -> Template {
        var template = self
        template.attributes.append((type, value))
        return template
    }
}

/// Numbers of PKCS #11 section 4 and the specification of its mechanisms.
enum Attribute {
    static let objectClass: UInt = 0x00
    static let token: UInt = 0x01
    static let isPrivate: UInt = 0x02
    static let label: UInt = 0x03
    static let value: UInt = 0x11
    static let keyType: UInt = 0x100
    static let id: UInt = 0x102
    static let sensitive: UInt = 0x103
    static let encrypt: UInt = 0x104
    static let decrypt: UInt = 0x105
    static let sign: UInt = 0x108
    static let verify: UInt = 0x10A
    static let derive: UInt = 0x10C
    static let modulus: UInt = 0x120
    static let modulusBits: UInt = 0x121
    static let publicExponent: UInt = 0x122
    static let privateExponent: UInt = 0x123
    static let firstPrime: UInt = 0x124
    static let secondPrime: UInt = 0x125
    static let firstExponent: UInt = 0x126
    static let secondExponent: UInt = 0x127
    static let coefficient: UInt = 0x128
    static let valueLength: UInt = 0x161
    static let extractable: UInt = 0x162
    static let curve: UInt = 0x180
    static let point: UInt = 0x181
    static let alwaysAuthenticate: UInt = 0x202
}

/// Classes of objects.
enum ObjectClass {
    static let publicKey: UInt = 2
    static let privateKey: UInt = 3
    static let secretKey: UInt = 4
    /// The type of keys that are octets alone.
    static let genericSecret: UInt = 0x10
}
