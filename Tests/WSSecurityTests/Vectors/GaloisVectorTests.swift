import Cryptography
import FoundationEssentials
import TestSupport
import Testing
import XML
import XMLEncryption

@Suite("AES-GCM in XML Encryption opens NIST's vectors and refuses those that must fail")
struct GaloisVectorTests {
    @Test("each of the 180 with an IV of 96 bits and a tag of 128")
    func vectors() throws {
        let rows = try Vectors.rows("encryptions/nist-aesgcm.tsv")
        #expect(rows.count == 180)
        for row in rows {
            let key = try #require(Base64.decode(row[1]))
            #expect(try Self.opened(row[2], by: key) == row[3], "\(row[0])")
        }
    }

    private static func opened(_ ciphertext: String, by key: [UInt8]) throws -> String {
        let text = """
            <EncryptedData xmlns="http://www.w3.org/2001/04/xmlenc#" Type="http://www.w3.org/2001/04/xmlenc#Content">\
            <EncryptionMethod Algorithm="http://www.w3.org/2009/xmlenc11#aes\(key.count * 8)-gcm"/>\
            <CipherData><CipherValue>\(ciphertext)</CipherValue></CipherData></EncryptedData>
            """
        let document = try XMLDocument(scanning: Array(text.utf8))
        let data = try EncryptedData(reading: document.root, in: document)
        do throws(XMLEncryptionError) {
            let octets = try data.decrypted(with: SecretOctets(copying: key), in: document)
            return Base64.encode(octets)
        } catch {
            return "fails"
        }
    }
}
