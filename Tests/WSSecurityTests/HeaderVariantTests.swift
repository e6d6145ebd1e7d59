import Cryptography
import Foundation
import Testing
import XMLEncryption

@testable import WSSecurity

@Suite("Forms of the Security header that other stacks write")
struct HeaderVariantTests {
    @Test("a ReferenceList that stands beside its wrapped key", arguments: ProtectionOrder.allCases)
    func referenceList(_ order: ProtectionOrder) throws {
        let message = try Self.text(Fixtures.protected(order: order))
        let list = try #require(message.element("xenc:ReferenceList"))
        let outside = list.replacing(
            "<xenc:ReferenceList>",
            with: "<xenc:ReferenceList xmlns:xenc=\"http://www.w3.org/2001/04/xmlenc#\">"
        )
        let moved = message.replacing(list + "</xenc:EncryptedKey>", with: "</xenc:EncryptedKey>" + outside)
        let policy = InboundPolicy(encrypted: [.body])
        #expect(moved != message)
        #expect(try Fixtures.fault(of: moved, policy) == nil)
        let keyless = moved.replacing("<wsse:Reference URI=\"#EK-", with: "<wsse:Reference URI=\"#XK-")
        #expect(try Fixtures.fault(of: keyless, policy) != nil)
        let twice = moved.replacing(outside, with: outside + outside)
        #expect(try Fixtures.fault(of: twice, policy)?.outward.code == .failedCheck)
    }

    @Test("an encrypted Timestamp is decrypted, checked and counted as encrypted")
    func encryptedTimestamp() throws {
        let message = try Fixtures.signed()
        let timestamp = try #require(message.element("wsu:Timestamp"))
        let policy = InboundPolicy(encrypted: [.timestamp])
        #expect(try Fixtures.fault(of: message, policy)?.code == .invalidSecurity)
        let hidden = try Self.encrypting(timestamp, in: message)
        #expect(try Fixtures.fault(of: hidden, policy) == nil)
        let late = try Fixtures.fault(of: hidden, policy, at: Fixtures.now.addingTimeInterval(1000))
        #expect(late?.code == .messageExpired && late?.outward.code == .failedCheck)
    }

    @Test("encrypted elements of the header may not reveal keys, lists or a second Timestamp")
    func revealed() throws {
        let message = try Fixtures.signed()
        let timestamp = try #require(message.element("wsu:Timestamp"))
        let key = "<xenc:EncryptedKey xmlns:xenc=\"http://www.w3.org/2001/04/xmlenc#\"/>"
        let second = timestamp.replacing("<wsu:Timestamp", with: "<wsu:Timestamp xmlns:wsu=\"\(WSSNamespace.utility)\"")
            .replacing("wsu:Id=\"TS-", with: "wsu:Id=\"T2-")
        for plaintext in [key, second, "<x/>", timestamp + timestamp] {
            let hidden = try Self.encrypting(timestamp, in: message, as: plaintext)
            #expect(try Fixtures.fault(of: hidden)?.outward.code == .failedCheck, "\(plaintext.prefix(40))")
            let extra = message.replacing(timestamp, with: timestamp + timestamp)
            #expect(try Fixtures.fault(of: extra) != nil)
        }
    }

    @Test("UTF-16, either way round, with byte order mark")
    func utf16() throws {
        for order in ProtectionOrder.allCases {
            let text = try Self.text(Fixtures.protected(order: order))
                .replacing("encoding=\"UTF-8\"", with: "encoding=\"UTF-16\"")
            for isBigEndian in [true, false] {
                let units = [0xFEFF] + Array(text.utf16)
                let octets = units.flatMap { unit -> [UInt8] in
                    let pair = [UInt8(unit >> 8), UInt8(unit & 255)]
                    return isBigEndian ? pair : pair.reversed()
                }
                let result = try Fixtures.process(octets, InboundPolicy(encrypted: [.body]))
                #expect(Self.text(result.body) == Fixtures.order)
            }
        }
    }

    @Test("white space and comments in values that are read")
    func spacing() throws {
        let message = try Self.text(Fixtures.protected(order: .encryptThenSign))
        let spaced = message.replacing("<xenc:CipherValue>", with: "<xenc:CipherValue>\n<!-- c --> ")
            .replacing("</wsse:KeyIdentifier>", with: "\r\n</wsse:KeyIdentifier>")
        let value = try #require(message.element("ds:SignatureValue"))
        let signature = message.replacing(value, with: value.replacing("</ds:", with: "<!-- c -->\n</ds:"))
        #expect(try Fixtures.fault(of: signature, InboundPolicy(encrypted: [.body])) == nil)
        // The ciphertext of Body is signed, so spacing there is a change.
        #expect(try Fixtures.fault(of: spaced, InboundPolicy(encrypted: [.body]))?.code == .failedCheck)
    }

    @Test("a path of certificates yields the last; anything broken yields none")
    func path() throws {
        let certificates = try [Fixtures.receiver.get(), Fixtures.sender.get()].map(\.certificate)
        let content = certificates.flatMap(\.der)
        let path = [0x30, 0x82, UInt8(content.count >> 8), UInt8(content.count & 255)] + content
        #expect(PKIPath.last(in: path) == certificates[1].der)
        #expect(PKIPath.last(in: []) == nil)
        #expect(PKIPath.last(in: [0x30, 0]) == nil)
        #expect(PKIPath.last(in: [0x30, 0x80, 0, 0]) == nil)
        #expect(PKIPath.last(in: [0x30, 0x84, 0xFF, 0xFF, 0xFF, 0xFF]) == nil)
        #expect(PKIPath.last(in: path + [0]) == nil)
        for count in stride(from: 0, to: path.count, by: 7) { #expect(PKIPath.last(in: Array(path[..<count])) == nil) }
    }

    private static func text(_ octets: [UInt8]) -> String { String(decoding: octets, as: UTF8.self) }

    /// `message` with `part` of its Security header replaced by encrypted data of `plaintext`, or of itself.
    private static func encrypting(_ part: String, in message: String, as plaintext: String? = nil) throws -> String {
        let recipient = try Fixtures.receiver.get().certificate
        let key = EncryptionMethod.aes256GCM.cipher.generateKey()
        let keyInfo = SecurityTokenReferenceWriter(reference: .thumbprint, certificate: recipient, tokenID: "").text
        let wrapped = try EncryptedKeyWriter(method: .rsaOAEPMGF1P(digest: .sha256))
            .encryptedKey(
                key,
                id: "EK-H",
                recipient: recipient.publicKey,
                keyInfo: keyInfo,
                dataReferences: ["ED-H"]
            )
        let data = try EncryptedDataWriter(method: .aes256GCM)
            .encryptedContent(
                Array((plaintext ?? part).utf8)[...],
                id: "ED-H",
                key: key,
                keyInfo: SecurityTokenReferenceWriter.encryptedKey(id: "EK-H")
            )
        return message.replacing(
            part,
            with: text(wrapped) + text(data).replacing("xmlenc#Content", with: "xmlenc#Element")
        )
    }

    @Test("a Security header of at most 64 elements")
    func childLimit() throws {
        let reference = "<wsse:SecurityTokenReference/>"
        let full = HandMade.envelope(String(repeating: reference, count: 64))
        #expect(try HandMade.fault(full, .undemanding) == nil)
        let fault = try HandMade.fault(full.inserting(reference, before: "</wsse:Security>"), .undemanding)
        #expect(fault?.code == .invalidSecurity && fault?.cause.contains("more than 64 elements") == true)
    }
}
