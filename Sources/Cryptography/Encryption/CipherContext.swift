import COpenSSL

/// One run of a symmetric cipher: owns an `EVP_CIPHER_CTX`.
struct CipherContext: ~Copyable {
    /// The size in octets of an authentication tag.
    static let tagOctetCount = 16

    /// libcrypto counts in `int`, so large inputs go through in pieces.
    private static let pieceOctetCount = 1 << 30

    private let context: OpaquePointer

    /// Begins a run; `iv` has the cipher's own length; throws `wrongKeyLength`.
    init(
        _ cipher: FetchedAlgorithm,
        encrypting: Bool,
        key: borrowing SecretOctets,
        iv: UnsafeRawBufferPointer
    ) throws(CryptographyError) {
        guard let algorithm = cipher.pointer else { throw ErrorQueue.failure(of: "a cipher") }
        let expected = Int(EVP_CIPHER_get_key_length(algorithm))
        guard key.count == expected else { throw .wrongKeyLength(expected: expected, actual: key.count) }
        guard let context = EVP_CIPHER_CTX_new() else { throw ErrorQueue.failure(of: "a cipher") }
        let isReady = key.withUnsafeBytes { key in
            EVP_CipherInit_ex2(
                context,
                algorithm,
                key.assumingMemoryBound(to: UInt8.self).baseAddress,
                iv.assumingMemoryBound(to: UInt8.self).baseAddress,
                encrypting ? 1 : 0,
                nil
            )
        }
        guard isReady == 1, EVP_CIPHER_CTX_set_padding(context, 0) == 1 else {
            EVP_CIPHER_CTX_free(context)
            throw ErrorQueue.failure(of: "a cipher")
        }
        self.context = context
    }

    deinit {
        EVP_CIPHER_CTX_free(context)
    }

    /// Authenticates `octets` without encrypting them.
    mutating func authenticate(_ octets: UnsafeRawBufferPointer) -> Bool {
        transform(octets, into: nil)
    }

    /// Encrypts or decrypts `input` to `output`, which has the same size.
    mutating func transform(_ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawPointer?) -> Bool {
        var position = 0
        while position < input.count {
            let count = min(Self.pieceOctetCount, input.count - position)
            let source = input.baseAddress?.advanced(by: position).assumingMemoryBound(to: UInt8.self)
            let target = output?.advanced(by: position).assumingMemoryBound(to: UInt8.self)
            var written: Int32 = 0
            guard EVP_CipherUpdate(context, target, &written, source, Int32(count)) == 1 else { return false }
            guard output == nil || Int(written) == count else { return false }
            position += count
        }
        return true
    }

    /// Ends the run; for decryption with a tag, whether the tag is right.
    mutating func finish() -> Bool {
        var written: Int32 = 0
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Int(EVP_MAX_BLOCK_LENGTH)) { rest in
            EVP_CipherFinal_ex(context, rest.baseAddress, &written) == 1 && written == 0
        }
    }

    /// Writes the tag of a finished encryption to `target`.
    mutating func writeTag(to target: UnsafeMutableRawPointer) -> Bool {
        EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, Int32(Self.tagOctetCount), target) == 1
    }

    /// Sets the tag that a decryption must end with.
    mutating func expectTag(_ tag: UnsafeRawBufferPointer) -> Bool {
        EVP_CIPHER_CTX_ctrl(
            context,
            EVP_CTRL_AEAD_SET_TAG,
            Int32(tag.count),
            UnsafeMutableRawPointer(mutating: tag.baseAddress)
        ) == 1
    }
}
