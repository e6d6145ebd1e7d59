import Foundation
import Keystore
import Testing

@Suite struct NameTests {
    @Test(arguments: ["a", "0", "orders-sign", "a.b_c-d", String(repeating: "x", count: 64)])
    func `a name is what fits in paths, URLs and logs`(_ text: String) throws {
        #expect(try KeyAlias(text).description == text)
        #expect(PartnerID(rawValue: text)?.rawValue == text)
    }

    @Test(arguments: [
        "", "-a", ".a", "_a", "A", "a b", "a/b", "ä", "a\n", "a\0", String(repeating: "x", count: 65),
    ])
    func `other text is refused`(_ text: String) {
        #expect(throws: KeystoreError.invalidName(text)) { try KeyAlias(text) }
        #expect(throws: KeystoreError.invalidName(text)) { try PartnerID(text) }
    }

    @Test func `names are encoded as their text, and checked when decoded`() throws {
        let alias = try KeyAlias("orders")
        #expect(String(decoding: try JSONEncoder().encode([alias]), as: UTF8.self) == #"["orders"]"#)
        #expect(try JSONDecoder().decode([KeyAlias].self, from: Data(#"["orders"]"#.utf8)) == [alias])
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([KeyAlias].self, from: Data(#"["no name"]"#.utf8))
        }
    }

    @Test func `owners go through text`() throws {
        for owner in [KeyOwner.tenant, .partner(try PartnerID("receiver-dual"))] {
            #expect(KeyOwner(rawValue: owner.rawValue) == owner)
        }
        for text in ["", "partner:", "partner:No", "receiver"] { #expect(KeyOwner(rawValue: text) == nil) }
    }
}
