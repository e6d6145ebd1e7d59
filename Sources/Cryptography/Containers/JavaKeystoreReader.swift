/// Reads the entries of a Java keystore whose digest was checked.
struct JavaKeystoreReader {
    /// An entry as it stands there.
    private enum Piece {
        case pair(envelope: [UInt8], certificates: [[UInt8]])
        case certificate([UInt8])
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
                // A serialized Java object, whose end only Java can tell.
                throw JavaKeystore.malformed(
                    "the entry '\(name)' is a secret key: delete it from a copy with `keytool -delete`"
                )
            default: throw JavaKeystore.malformed("an entry of the unknown kind \(tag)")
            }
        }
        guard position == octets.count else { throw JavaKeystore.malformed("octets after its last entry") }
        return pieces
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
