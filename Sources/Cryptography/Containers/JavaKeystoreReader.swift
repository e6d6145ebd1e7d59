/// Reads the entries of a Java keystore whose digest was checked.
struct JavaKeystoreReader {
    /// An entry as it stands there.
    private enum Piece {
        case pair(envelope: [UInt8], certificates: [[UInt8]])
        case certificate([UInt8])
        case secretKey
    }

    private let octets: [UInt8]
    private let passwords: [String]
    private var position = 0
    /// What all keys together may cost.
    private var protection = JavaKeyProtection()

    init(_ octets: [UInt8], passwords: [String]) {
        self.octets = octets
        self.passwords = passwords
    }

    /// No key is opened before the whole is known to be in order: that may take long.
    mutating func entries() throws(CryptographyError) -> [KeyFile.Entry] {
        var entries: [KeyFile.Entry] = []
        for (name, piece) in try pieces() {
            switch piece {
            case .pair(let envelope, let certificates):
                entries.append(KeyFile.Entry(name: name, content: pair(envelope, certificates)))
            case .certificate(let der):
                entries.append(KeyFile.Entry(name: name, content: Self.certificates([der])))
            case .secretKey: entries.append(KeyFile.Entry(name: name, content: .secretKey))
            }
        }
        return entries
    }

    private mutating func pieces() throws(CryptographyError) -> [(name: String, piece: Piece)] {
        _ = try number(4)
        let version = try number(4)
        guard version == 1 || version == 2 else { throw JavaKeystore.malformed("its version is \(version)") }
        let count = try number(4)
        guard count <= JavaKeystore.entryLimit else {
            throw .limitExceeded(what: "the entries of the keystore", limit: JavaKeystore.entryLimit)
        }
        var pieces: [(String, Piece)] = []
        for _ in 0..<count {
            let tag = try number(4)
            let name = try text()
            _ = try take(8)
            switch tag {
            case 1: pieces.append((name, try pair(version)))
            case 2: pieces.append((name, .certificate(try certificate(version))))
            case 3:
                try passSealedObject(name)
                pieces.append((name, .secretKey))
            default: throw JavaKeystore.malformed("an entry of the unknown kind \(tag)")
            }
        }
        guard position == octets.count else { throw JavaKeystore.malformed("octets after its last entry") }
        return pieces
    }

    /// Goes on behind a serialized Java object in the one form whose end is certain.
    private mutating func passSealedObject(_ name: String) throws(CryptographyError) {
        try pass(JavaSealedObject.head, name)
        _ = try take(number(4))
        try pass(JavaSealedObject.secondArray, name)
        _ = try take(number(4))
        for _ in 0..<2 {
            switch try number(1) {
            case Int(JavaSealedObject.string): _ = try take(number(2))
            case Int(JavaSealedObject.reference): _ = try take(4)
            default: throw Self.unknownSecret(name)
            }
        }
    }

    private mutating func pass(_ expected: [UInt8], _ name: String) throws(CryptographyError) {
        guard octets[position...].starts(with: expected) else { throw Self.unknownSecret(name) }
        position += expected.count
    }

    private static func unknownSecret(_ name: String) -> CryptographyError {
        JavaKeystore.malformed(
            "the entry '\(name)' is a secret key in a form that only Java reads: convert the keystore with `keytool "
                + "-importkeystore -srckeystore FILE -destkeystore FILE.p12 -deststoretype PKCS12` and import that"
        )
    }

    private mutating func pair(_ version: Int) throws(CryptographyError) -> Piece {
        let envelope = Array(try take(number(4)))
        let count = try number(4)
        guard count <= JavaKeystore.chainLimit else {
            throw .limitExceeded(what: "the certificates above a key", limit: JavaKeystore.chainLimit)
        }
        var encoded: [[UInt8]] = []
        for _ in 0..<count { encoded.append(try certificate(version)) }
        return .pair(envelope: envelope, certificates: encoded)
    }

    private mutating func pair(_ envelope: [UInt8], _ encoded: [[UInt8]]) -> KeyFile.Content {
        do throws(CryptographyError) {
            let key = try protection.key(in: envelope, passwords: passwords)
            guard case .certificates(let chain) = Self.certificates(encoded), !chain.isEmpty else { return .key(key) }
            return KeyFile.content(key, chain)
        } catch {
            return .unreadable(error)
        }
    }

    /// The octets of one certificate.
    private mutating func certificate(_ version: Int) throws(CryptographyError) -> [UInt8] {
        let type = version == 2 ? try text() : "X.509"
        guard type == "X.509" || type == "X509" else { throw JavaKeystore.malformed("a certificate of type \(type)") }
        return Array(try take(number(4)))
    }

    private static func certificates(_ encoded: [[UInt8]]) -> KeyFile.Content {
        var chain: [Certificate] = []
        for der in encoded {
            do throws(CryptographyError) {
                chain.append(try Certificate(der: der))
            } catch {
                return .unreadable(error)
            }
        }
        return .certificates(chain)
    }

    /// A big-endian number that is not negative in Java's `int`.
    private mutating func number(_ count: Int) throws(CryptographyError) -> Int {
        let value = try take(count).reduce(0) { $0 << 8 | Int($1) }
        // The magic number is the only one that may be negative.
        guard position == 4 || value <= Int(Int32.max) else { throw JavaKeystore.malformed("a negative length") }
        return value
    }

    /// Text after its length in two octets.
    private mutating func text() throws(CryptographyError) -> String {
        let octets = try take(number(2))
        guard let text = String(validating: octets, as: UTF8.self) else {
            throw JavaKeystore.malformed("a name that is not UTF-8")
        }
        return text
    }

    private mutating func take(_ count: Int) throws(CryptographyError) -> ArraySlice<UInt8> {
        guard count <= octets.count - position else { throw JavaKeystore.malformed("it is cut off") }
        defer { position += count }
        return octets[position..<(position + count)]
    }
}
