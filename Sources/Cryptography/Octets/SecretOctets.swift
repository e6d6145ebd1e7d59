import COpenSSL

/// Octets that overwrite themselves when their owner is done with them.
///
/// Has no description, no `Codable` and no `==`, on purpose: see `ConstantTime`.
/// `@unchecked Sendable`: it has one owner, and is not changed after its initializer.
package struct SecretOctets: ~Copyable, @unchecked Sendable {
    private let storage: UnsafeMutableRawBufferPointer

    /// The number of octets.
    package var count: Int { storage.count }

    /// Copies `octets`; overwriting the source is the caller's duty.
    package init(copying octets: [UInt8]) {
        self.init(count: octets.count) { $0.copyBytes(from: octets) }
    }

    /// Takes the octets out of `octets`, which is overwritten.
    package init(moving octets: inout [UInt8]) {
        self.init(copying: octets)
        octets.cleanse()
    }

    /// `count` octets, zero where `fill` leaves them alone.
    package init(count: Int, filledBy fill: (UnsafeMutableRawBufferPointer) -> Void = { _ in }) {
        storage = .allocate(byteCount: count, alignment: MemoryLayout<UInt64>.alignment)
        storage.initializeMemory(as: UInt8.self, repeating: 0)
        fill(storage)
    }

    deinit {
        OPENSSL_cleanse(storage.baseAddress, storage.count)
        storage.deallocate()
    }

    /// Lends the octets for the length of `body`, which must not keep the pointer or copy what it shows.
    package borrowing func withUnsafeBytes<Result: ~Copyable, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(UnsafeRawBufferPointer(storage))
    }

    /// The same octets as a new secret.
    borrowing func copy() -> SecretOctets {
        let source = UnsafeRawBufferPointer(storage)
        return SecretOctets(count: source.count) { $0.copyMemory(from: source) }
    }

    /// The first `count` octets as a new secret, for results shorter than their buffer.
    func prefix(_ count: Int) -> SecretOctets {
        let source = UnsafeRawBufferPointer(rebasing: storage.prefix(count))
        return SecretOctets(count: source.count) { $0.copyMemory(from: source) }
    }
}

extension [UInt8] {
    /// Overwrites the octets and empties the array; other copies of the array are not reached.
    mutating func cleanse() {
        withUnsafeMutableBytes { OPENSSL_cleanse($0.baseAddress, $0.count) }
        removeAll(keepingCapacity: false)
    }
}
