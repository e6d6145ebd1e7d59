import Cryptography
import Testing

@Suite struct PublicKeyTests {
    private static func rsa(modulus: [UInt8], exponent: [UInt8]) -> [UInt8] {
        let key = sequence(integer(modulus) + integer(exponent))
        let algorithm: [UInt8] = [
            0x30, 0x0D, 0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01, 0x05, 0x00,
        ]
        return sequence(algorithm + tagged(0x03, [0] + key))
    }

    private static func sequence(_ content: [UInt8]) -> [UInt8] { tagged(0x30, content) }

    private static func integer(_ number: [UInt8]) -> [UInt8] {
        tagged(0x02, (number.first ?? 0) & 0x80 == 0 ? number : [0] + number)
    }

    private static func tagged(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
        let count = content.count
        let length: [UInt8] =
            switch count {
            case ..<0x80: [UInt8(count)]
            case ..<0x100: [0x81, UInt8(count)]
            default: [0x82, UInt8(count >> 8), UInt8(count & 0xFF)]
            }
        return [tag] + length + content
    }

    private static let modulus = [0xC1] + [UInt8](repeating: 0x5A, count: 510) + [0x01]

    @Test func `tells the algorithm and the size`() throws {
        let spki = try Fixtures.certificate("alice-rsa3072").publicKey.spki
        #expect(try PublicKey(spki: spki).algorithm == .rsa(bits: 3072))
        #expect(try Fixtures.certificate("bob-p256").publicKey.algorithm == .ec(.p256))
    }

    @Test(arguments: [[3], [1, 0, 1]] as [[UInt8]])
    func `a usual RSA exponent is taken`(_ exponent: [UInt8]) throws {
        let key = try PublicKey(spki: Self.rsa(modulus: Self.modulus, exponent: exponent))
        #expect(key.algorithm == .rsa(bits: 4096))
    }

    @Test(arguments: [[1], [2], [0], [1, 0, 0]] as [[UInt8]])
    func `an RSA exponent that makes signatures worthless is refused`(_ exponent: [UInt8]) {
        #expect(throws: CryptographyError.malformedKey("an RSA modulus or exponent that cannot be")) {
            try PublicKey(spki: Self.rsa(modulus: Self.modulus, exponent: exponent))
        }
    }

    @Test func `an RSA modulus that cannot be, or costs too much, is refused`() {
        for modulus in [[0], [0xC0, 0x00], [0x81] + [UInt8](repeating: 1, count: 2048)] as [[UInt8]] {
            #expect(throws: CryptographyError.self) { try PublicKey(spki: Self.rsa(modulus: modulus, exponent: [3])) }
        }
    }

    @Test func `a point off its curve verifies nothing`() throws {
        var spki = try Fixtures.certificate("bob-p256").publicKey.spki
        spki[spki.count - 1] ^= 1
        let key = try PublicKey(spki: spki)
        #expect(!key.verify([UInt8](repeating: 1, count: 64), over: [1], by: .ecdsa(.sha256)))
    }

    @Test(arguments: [[], [0x30], [0x30, 0x00], [0x05, 0x00]] as [[UInt8]])
    func `what is no public key is refused`(_ octets: [UInt8]) {
        #expect(throws: CryptographyError.self) { try PublicKey(spki: octets) }
    }
}
