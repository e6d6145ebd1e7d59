import COpenSSL

/// Encrypts octets that arrive in chunks, by a content encryption algorithm of XML Encryption 1.1 section 5.2.
package struct StreamedEncryption: ~Copyable {
    private let cipher: BlockEncryption
    private let iv: [UInt8]
    private var context: CipherContext
    /// The octets of an unfinished block.
    private var rest: [UInt8] = []
    private var hasBegun = false

    /// Begins with a random IV; throws `wrongKeyLength`, and `operationFailed` where the cipher only opens.
    package init(_ cipher: BlockEncryption, key: borrowing SecretOctets) throws(CryptographyError) {
        self.cipher = cipher
        let iv = SecureRandom.octets(count: cipher.ivOctetCount)
        self.iv = iv
        context = try Self.context(cipher, key: key, iv: iv)
    }

    private static func context(
        _ cipher: BlockEncryption,
        key: borrowing SecretOctets,
        iv: [UInt8]
    ) throws(CryptographyError) -> CipherContext {
        guard cipher.encrypts else {
            throw .operationFailed(operation: "encryption", reason: "Triple DES only opens what old peers send")
        }
        return try CipherContext(cipher.fetched, encrypting: true, key: key, iv: iv)
    }

    /// The octets that `chunk` adds to the result, the IV in front.
    package mutating func update(_ chunk: Span<UInt8>) throws(CryptographyError) -> [UInt8] {
        chunk.withUnsafeBufferPointer { rest.append(contentsOf: $0) }
        let block = cipher.blockOctetCount
        let whole = cipher.isAuthenticated ? rest.count : rest.count / block * block
        let octets = try context.transformed(rest.prefix(whole))
        rest.removeFirst(whole)
        defer { hasBegun = true }
        return hasBegun ? octets : iv + octets
    }

    /// The octets that end the result: padding, or tag.
    package mutating func finish() throws(CryptographyError) -> [UInt8] {
        var octets = hasBegun ? [] : iv
        guard cipher.isAuthenticated else {
            var last = CipherBlockChaining.lastBlock(of: rest, block: cipher.blockOctetCount)
            octets += try context.transformed(last[...])
            last.cleanse()
            rest.cleanse()
            return octets
        }
        var tag = [UInt8](repeating: 0, count: CipherContext.tagOctetCount)
        let isWhole =
            context.finish()
            && tag.withUnsafeMutableBytes { tag in tag.baseAddress.map { context.writeTag(to: $0) } ?? false }
        guard isWhole else { throw ErrorQueue.failure(of: "encryption") }
        return octets + tag
    }
}

extension BlockEncryption {
    var ivOctetCount: Int {
        isAuthenticated ? GaloisCounterMode.ivOctetCount : blockOctetCount
    }
}

extension CipherContext {
    /// Begins a run with an IV in an array.
    init(
        _ cipher: FetchedAlgorithm,
        encrypting: Bool,
        key: borrowing SecretOctets,
        iv: [UInt8]
    ) throws(CryptographyError) {
        var storage = iv
        let pointer = UnsafeMutableRawBufferPointer.allocate(byteCount: storage.count, alignment: 8)
        defer { pointer.deallocate() }
        pointer.copyBytes(from: storage)
        storage.removeAll()
        try self.init(cipher, encrypting: encrypting, key: key, iv: UnsafeRawBufferPointer(pointer))
    }

    /// What becomes of `input`.
    mutating func transformed(_ input: ArraySlice<UInt8>) throws(CryptographyError) -> [UInt8] {
        var isDone = true
        let output = input.withUnsafeBytes { input in
            [UInt8](unsafeUninitializedCapacity: input.count) { buffer, initializedCount in
                guard input.count > 0 else { return }
                isDone = transform(input, into: UnsafeMutableRawPointer(buffer.baseAddress))
                initializedCount = isDone ? input.count : 0
            }
        }
        guard isDone else { throw ErrorQueue.failure(of: "a cipher") }
        return output
    }
}
