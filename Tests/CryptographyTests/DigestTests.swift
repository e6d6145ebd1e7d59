import Cryptography
import TestSupport
import Testing

@Suite struct DigestTests {
    /// FIPS 180-4 examples.
    @Test(arguments: [
        (DigestAlgorithm.sha1, "a9993e364706816aba3e25717850c26c9cd0d89d"),
        (.sha224, "23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7"),
        (.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            .sha384,
            "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7"
        ),
        (
            .sha512,
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
                + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"
        ),
    ])
    func `gives the published digest of abc`(_ algorithm: DigestAlgorithm, _ expected: String) {
        let digest = algorithm.digest(of: Array("abc".utf8))
        #expect(Hexadecimal.text(digest) == expected)
        #expect(digest.count == algorithm.octetCount)
    }

    @Test func `gives the published digest of nothing`() {
        let expected = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        #expect(Hexadecimal.text(DigestAlgorithm.sha256.digest(of: [])) == expected)
    }

    @Test func `does not depend on how octets are cut into chunks`() {
        var generator = SeededGenerator(seed: 0x5EED_0001)
        for _ in 0..<50 {
            let octets = generator.octets(Int.random(in: 0...5000, using: &generator))
            var digester = Digester(.sha384)
            var rest = octets[...]
            while !rest.isEmpty {
                let chunk = Array(rest.prefix(Int.random(in: 1...700, using: &generator)))
                rest = rest.dropFirst(chunk.count)
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: digester.update(chunk)
                case 1: digester.update(chunk.span)
                default: chunk.withUnsafeBytes { digester.update($0) }
                }
            }
            #expect(digester.finalize() == DigestAlgorithm.sha384.digest(of: octets), "seed \(generator.seed)")
        }
    }
}
