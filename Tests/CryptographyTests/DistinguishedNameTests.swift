import Cryptography
import TestSupport
import Testing

@Suite struct DistinguishedNameTests {
    @Test(arguments: [
        #"CN=alice,OU=Interop \, Test,O=Lab,C=DE"#,
        #"CN=alice, OU="Interop , Test", O=Lab, C=DE"#,
        #"cn=alice;ou=Interop \2C Test;o=Lab;c=DE"#,
        #"  CN = alice , OU=Interop \, Test ,O= Lab,C=DE  "#,
        #"2.5.4.3=alice,OID.2.5.4.11=Interop \, Test,2.5.4.10=#13034c6162,C=DE"#,
    ])
    func `the ways to write a name are the same name`(_ text: String) throws {
        let expected = #"CN=alice,OU=Interop \, Test,O=Lab,C=DE"#
        #expect(try DistinguishedName(text).description == expected)
        #expect(try DistinguishedName(text) == DistinguishedName(expected))
    }

    /// One name as Java's `X500Principal` (by RFC 2253, by RFC 1779 and for people), .NET and OpenSSL write it.
    @Test(arguments: [
        ##"2.5.4.97=#0c0b5641544445313233343536,CN=He said \"hi\"\, twice,1.2.840.113549.1.9.1=#160661406c2e6465,ST=HH"##,
        ##"OID.2.5.4.97=VATDE123456, CN="He said \"hi\", twice", OID.1.2.840.113549.1.9.1=a@l.de, ST=HH"##,
        ##"OID.2.5.4.97=VATDE123456, CN="He said \"hi\", twice", EMAILADDRESS=a@l.de, ST=HH"##,
        ##"OID.2.5.4.97=VATDE123456, CN="He said ""hi"", twice", E=a@l.de, S=HH"##,
        ##"organizationIdentifier=VATDE123456,CN=He said \22hi\22\, twice,emailAddress=a@l.de,ST=HH"##,
    ])
    func `what other stacks write for one name is one name`(_ text: String) throws {
        let expected = try DistinguishedName(
            ##"2.5.4.97=VATDE123456,CN=He said \"hi\"\, twice,1.2.840.113549.1.9.1=a@l.de,ST=HH"##
        )
        #expect(try DistinguishedName(text) == expected)
    }

    @Test(arguments: [##"CN=""""##, ##"CN=""a"##])
    func `quotation marks that do not end are refused`(_ text: String) {
        #expect(throws: CryptographyError.self) { try DistinguishedName(text) }
    }

    @Test(arguments: [
        "C=DE,O=Lab,CN=alice", "CN=Alice,O=Lab,C=DE", "CN=alice,O=Lab", "CN=alice+O=Lab,C=DE",
        "CN=alice,O=Lab,C=DE,C=DE",
        #"CN=alice,O=Lab\,C=DE"#,
    ])
    func `another order, case, number or grouping is another name`(_ text: String) throws {
        #expect(try DistinguishedName(text) != DistinguishedName("CN=alice,O=Lab,C=DE"))
    }

    @Test(arguments: [
        #"CN=James \"Jim\" Smith\, III,DC=net"#, #"CN=Before\0dAfter"#, "OU=Sales+CN=J.  Smith", #"CN=Lu\C4\8Di\C4\87"#,
        ##"CN=\#hash"##, "1.3.6.1.4.1.1466.0=#04024869", "CN=", "",
        "1.2.840.113549.1.9.1=postmaster@example.org,CN=mail",
    ])
    func `reads the examples of RFC 4514 and writes what it reads again`(_ text: String) throws {
        let name = try DistinguishedName(text)
        #expect(try DistinguishedName(name.description) == name)
    }

    @Test func `multi-valued relative names have no order`() throws {
        #expect(try DistinguishedName("OU=Sales+CN=J,O=x") == DistinguishedName("CN=J + OU=Sales, O=x"))
    }

    @Test(arguments: [
        "alice", "=alice", "CN", "CN=a,", ",CN=a", "CN=a,,O=b", "XX=a", #"CN="a"#, #"CN="a"b"#, #"CN=a\"#, "CN=#",
        "CN=#1",
        "CN=#zz", #"CN=\ff"#, "1.2.3.=a", "CN=a+",
    ])
    func `what is no name is an error that says why`(_ text: String) {
        #expect(throws: CryptographyError.self) { try DistinguishedName(text) }
    }

    @Test func `long names are refused`() {
        #expect(throws: CryptographyError.limitExceeded(what: "the name in octets", limit: 8192)) {
            try DistinguishedName("CN=" + String(repeating: "a", count: 8192))
        }
        let many = Array(repeating: "OU=a", count: 100).joined(separator: ",")
        #expect(throws: CryptographyError.limitExceeded(what: "the parts of a name", limit: 64)) {
            try DistinguishedName(many)
        }
    }

    @Test(arguments: 0..<300 as Range<UInt64>)
    func `what is written is read as the same name`(_ seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let characters = Array(",+\"\\<>;#= aZ9é\u{1F600}\u{301}\u{0}\n\r\t/*")
        let types = ["CN", "OU", "2.5.4.97", "1.2.840.113549.1.9.1"]
        let names = (0..<Int.random(in: 1...4, using: &generator))
            .map { _ in
                let count = Int.random(in: 0...6, using: &generator)
                let value = (0..<count).compactMap { _ in characters.randomElement(using: &generator) }
                let escaped = String(value).utf8.map { "\\" + Hexadecimal.text([$0]) }.joined()
                return (types.randomElement(using: &generator) ?? "CN") + "=" + escaped
            }
        let name = try DistinguishedName(names.joined(separator: ","))
        #expect(try DistinguishedName(name.description) == name, "seed \(seed)")
    }

    @Test(arguments: 0..<300 as Range<UInt64>)
    func `random text is read or refused, and never crashes the reader`(_ seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let pieces = ["CN", "=", ",", ";", "+", "\\", "\"", "#", "0c", "02", "a", " ", "O", "1.2", "é", "\0", "\\2C"]
        for _ in 0..<50 {
            let count = Int.random(in: 0...20, using: &generator)
            let text = (0..<count).compactMap { _ in pieces.randomElement(using: &generator) }.joined()
            guard let name = try? DistinguishedName(text) else { continue }
            #expect((try? DistinguishedName(name.description)) == name, "seed \(seed): \(text.debugDescription)")
        }
    }
}
