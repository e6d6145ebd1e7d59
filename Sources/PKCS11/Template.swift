import CPKCS11

/// Attributes of an object in a token: a template of PKCS #11 section 4.4.
struct Template {
    private var attributes: [(type: UInt, value: [UInt8])] = []

    /// Adds a flag.
    func flag(_ type: UInt, _ value: Bool = true) -> Template { octets(type, [value ? 1 : 0]) }

    /// Adds a number.
    func number(_ type: UInt, _ value: UInt) -> Template { octets(type, withUnsafeBytes(of: value) { Array($0) }) }

    /// Adds octets.
    func octets(_ type: UInt, _ value: [UInt8]) -> Template {
        var template = self
        template.attributes.append((type, value))
        return template
    }

    /// Lends the template in the form of PKCS #11 for the length of `body`.
    func withAttributes<Result>(_ body: (UnsafeMutablePointer<ck_attribute>, UInt) -> Result) -> Result {
        let list = UnsafeMutablePointer<ck_attribute>.allocate(capacity: attributes.count)
        let values = attributes.map { attribute in
            let value = UnsafeMutableRawBufferPointer.allocate(
                byteCount: max(1, attribute.value.count),
                alignment: MemoryLayout<UInt>.alignment
            )
            value.copyBytes(from: attribute.value)
            return value
        }
        defer {
            for value in values { value.deallocate() }
            list.deallocate()
        }
        for (index, attribute) in attributes.enumerated() {
            let entry = ck_attribute(
                type: attribute.type,
                value: values[index].baseAddress,
                value_len: UInt(attribute.value.count)
            )
            list.advanced(by: index).initialize(to: entry)
        }
        return body(list, UInt(attributes.count))
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
