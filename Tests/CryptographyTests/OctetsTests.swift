import Cryptography
import Testing

@Suite struct OctetsTests {
    @Test func `a moved secret leaves nothing behind`() {
        var source: [UInt8] = [1, 2, 3]
        let secret = SecretOctets(moving: &source)
        #expect(source.isEmpty)
        let octets = secret.withUnsafeBytes { Array($0) }
        #expect(octets == [1, 2, 3])
    }

    @Test func `constant-time comparison tells equal from unequal`() {
        #expect(ConstantTime.equal([], []))
        #expect(ConstantTime.equal([1, 2], [1, 2]))
        #expect(!ConstantTime.equal([1, 2], [1, 3]))
        #expect(!ConstantTime.equal([1, 2], [1, 2, 0]))
        let isSame = ConstantTime.equal(SecretOctets(copying: [7]), SecretOctets(copying: [7]))
        #expect(isSame)
        let isOther = ConstantTime.equal(SecretOctets(copying: [7]), SecretOctets(copying: [8]))
        #expect(!isOther)
    }

    @Test func `random octets have the asked size and differ`() {
        #expect(SecureRandom.octets(count: 0).isEmpty)
        #expect(SecureRandom.octets(count: 32).count == 32)
        #expect(SecureRandom.octets(count: 32) != SecureRandom.octets(count: 32))
        let isRepeated = ConstantTime.equal(SecureRandom.secret(count: 32), SecureRandom.secret(count: 32))
        #expect(!isRepeated)
    }

    @Test func `hexadecimal text goes both ways`() {
        #expect(Hexadecimal.text([0x00, 0x9F, 0xFA]) == "009ffa")
        #expect(Hexadecimal.octets("009FfA") == [0x00, 0x9F, 0xFA])
        #expect(Hexadecimal.octets("0") == nil)
        #expect(Hexadecimal.octets("0g") == nil)
    }
}
