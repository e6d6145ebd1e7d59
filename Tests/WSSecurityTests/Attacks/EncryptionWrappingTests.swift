import Cryptography
import Testing
import WSSecurity
import XMLEncryption

@Suite("Encrypted parts that are moved, shared, nested or repeated do not pass for an encrypted Body")
struct EncryptionWrappingTests {
    @Test("the message itself is accepted")
    func control() throws {
        let (key, data) = try Sealed.content("<a/>")
        #expect(try Fixtures.fault(of: Sealed.envelope(security: key, body: data), Sealed.policy) == nil)
    }

    @Test("EncryptedData somewhere else, a Body in the clear or half in the clear")
    func elsewhere() throws {
        let (key, data) = try Sealed.content("<a/>")
        let wrapper = "<w xmlns=\"urn:w\">\(data)</w>"
        let header11 = "http://docs.oasis-open.org/wss/oasis-wss-wssecurity-secext-1.1.xsd"
        let messages = [
            Sealed.envelope(security: key, blocks: wrapper, body: "EVIL"),
            Sealed.envelope(security: key, blocks: data, body: "<EVIL/>"),
            Sealed.envelope(
                security: key,
                blocks: "<e:EncryptedHeader xmlns:e=\"\(header11)\">\(data)</e:EncryptedHeader>",
                body: "<EVIL/>"
            ),
            Sealed.envelope(security: key + data, body: "<EVIL/>"),
            Sealed.envelope(security: key, body: wrapper),
            Sealed.envelope(security: key, body: data + "<EVIL/>"),
            Sealed.envelope(security: key, body: "<EVIL/>" + data),
            Sealed.envelope(security: key, body: "EVIL" + data),
            Sealed.envelope(security: key, body: wrapper + "<EVIL/>"),
            Sealed.envelope(security: key, body: data.replacing("Id=\"ED\"", with: "Id=\"other\"")),
            Sealed.envelope(security: key, blocks: wrapper, body: data.replacing("Id=\"ED\"", with: "Id=\"other\"")),
            Sealed.envelope(security: key, blocks: wrapper, body: data),
            Sealed.envelope(security: "", blocks: key, body: data),
            Sealed.envelope(security: "", body: key + data),
            Sealed.envelope(security: key.replacing("#ED", with: "#EK"), body: data),
            Sealed.envelope(security: key.replacing("xenc:DataReference", with: "xenc:KeyReference"), body: data),
            Sealed.envelope(security: key, body: data.replacing("#Content", with: "#Element")),
            Sealed.envelope(security: key, body: data.replacing("#Content", with: "#EncryptedKey")),
        ]
        for message in messages { #expect(try Fixtures.fault(of: message, Sealed.policy) != nil, "\(message)") }
    }

    @Test("the signed Body with its ciphertext in a header block, the attacker's own ciphertext in its place")
    func ownCiphertext() throws {
        let policy = InboundPolicy(signed: Set(Specimen.parts), encrypted: [.body])
        for order in ProtectionOrder.allCases {
            let message = try Specimen(EncryptionSettings(), order: order).text
            #expect(try Fixtures.fault(of: message, policy) == nil)
            let body = try #require(message.element("soap:Body"))
            let id = try #require(body.value(of: "wsu:Id"))
            let (key, data) = try Sealed.content("EVIL", id: "EVIL-ED", keyID: "EVIL-EK")
            for attribute in ["", " wsu:Id=\"other\"", " Id=\"\(id)\"", " xml:id=\"\(id)\""] {
                let wrapped = message.replacing(body, with: "<soap:Body\(attribute)>\(data)</soap:Body>")
                    .inserting("<w xmlns=\"urn:w\">\(body)</w>", before: "</soap:Header>")
                for changed in [
                    wrapped.inserting(key, before: "</wsse:Security>"),
                    wrapped.inserting(key, before: "<xenc:EncryptedKey "),
                ] {
                    #expect(try Fixtures.fault(of: changed, policy) != nil, "\(order)\(attribute)")
                }
            }
        }
    }

    @Test("data that two keys name, or a key that does not name them back")
    func shared() throws {
        let (key, data) = try Sealed.content("<a/>")
        let (other, _) = try Sealed.content(by: .aes256GCM, id: "ED", keyID: "EK2") { _ in [] }
        for security in [key + other, other + key, other, key + key] {
            #expect(try Fixtures.fault(of: Sealed.envelope(security: security, body: data), Sealed.policy) != nil)
        }
        let twice = key.replacing(
            "<xenc:DataReference URI=\"#ED\"/>",
            with: "<xenc:DataReference URI=\"#ED\"/><xenc:DataReference URI=\"#ED\"/>"
        )
        #expect(try Fixtures.fault(of: Sealed.envelope(security: twice, body: data), Sealed.policy) != nil)
    }

    @Test("data that name one wrapped key and are named by another, though both open to the same key")
    func otherKey() throws {
        let key = EncryptionMethod.aes256GCM.cipher.generateKey()
        let data = Sealed.data(
            try EncryptionMethod.aes256GCM.cipher.encrypt(Array("<a/>".utf8), key: key),
            by: .aes256GCM
        )
        let named = try Sealed.wrapped(key, dataReferences: [])
        let naming = try Sealed.wrapped(key, id: "EK2", dataReferences: ["ED"])
        let message = Sealed.envelope(security: named + naming, body: data)
        #expect(try Fixtures.fault(of: message, Sealed.policy)?.code == .invalidSecurity)
    }

    @Test("ciphertext within ciphertext, in the tree and in the plaintext")
    func nested() throws {
        let inner = try Sealed.content("<a/>", id: "ED2", keyID: "EK2")
        let outer = try Sealed.content(inner.data)
        let inOrder = Sealed.envelope(security: outer.key + inner.key, body: outer.data)
        #expect(try Fixtures.process(Array(inOrder.utf8), Sealed.policy).decryptions.count == 2)
        var policy = Sealed.policy
        policy.limits.privateKeyOperationCount = 1
        #expect(try Fixtures.fault(of: inOrder, policy) != nil)
        let backwards = Sealed.envelope(security: inner.key + outer.key, body: outer.data)
        #expect(try Fixtures.fault(of: backwards, Sealed.policy) != nil)
        let revealed = try Sealed.content(inner.key + inner.data)
        #expect(
            try Fixtures.fault(of: Sealed.envelope(security: revealed.key, body: revealed.data), Sealed.policy) == nil
        )
        let tree = outer.data.replacing("<xenc:CipherData>", with: "<xenc:CipherData>" + inner.data)
        #expect(
            try Fixtures.fault(of: Sealed.envelope(security: outer.key + inner.key, body: tree), Sealed.policy) != nil
        )
    }

    @Test("a wrapped key that is wrapped by another, by itself, or in a ring of two")
    func recursion() throws {
        let (key, data) = try Sealed.content("<a/>")
        let other = try Sealed.content(by: .aes256GCM, id: "ED2", keyID: "EK2") { _ in [] }.key
        let reference = try Sealed.reference()
        let naming = { (id: String) in
            "<wsse:SecurityTokenReference xmlns:wsse=\"\(WrappingTests.wsse)\"><wsse:Reference URI=\"#\(id)\"/>"
                + "</wsse:SecurityTokenReference>"
        }
        for security in [
            key.replacing(reference, with: naming("EK")), other + key.replacing(reference, with: naming("EK2")),
            other.replacing(reference, with: naming("EK")) + key.replacing(reference, with: naming("EK2")),
        ] {
            let fault = try #require(
                try Fixtures.fault(of: Sealed.envelope(security: security, body: data), Sealed.policy)
            )
            #expect(fault.cause != "", "\(fault)")
        }
    }

    @Test("more wrapped keys, or more encrypted parts, than the policy pays for")
    func floods() throws {
        let (key, data) = try Sealed.content("<a/>")
        let keys = try (0..<5)
            .map { number in
                try Sealed.content(by: .aes256GCM, id: "D\(number)", keyID: "K\(number)") { _ in [] }.key
            }
        let many = Sealed.envelope(security: key + keys.joined(), body: data)
        #expect(try Fixtures.fault(of: many, Sealed.policy)?.code == .invalidSecurity)
        var policy = Sealed.policy
        policy.limits.privateKeyOperationCount = 1
        let blocks = try (0..<2).map { try Sealed.content("<a/>", id: "D\($0)", keyID: "K\($0)") }
        let two = Sealed.envelope(
            security: blocks.map(\.key).joined(),
            blocks: "<w xmlns=\"urn:w\">\(blocks[0].data)</w>",
            body: blocks[1].data
        )
        #expect(try Fixtures.fault(of: two, Sealed.policy) == nil)
        #expect(try Fixtures.fault(of: two, policy)?.cause.contains("wrapped keys") == true)
        let list = (0..<17).map { "<xenc:DataReference URI=\"#D\($0)\"/>" }.joined()
        let references = key.replacing("<xenc:DataReference URI=\"#ED\"/>", with: list)
        #expect(
            try Fixtures.fault(of: Sealed.envelope(security: references, body: data), Sealed.policy)?.code
                == .invalidSecurity
        )
    }

    @Test("cipher values that are huge, empty, no Base64, or elsewhere")
    func values() throws {
        let (key, data) = try Sealed.content("<a/>")
        for wrong in ["", "!", "AAAA", "A", String(repeating: "AAAA", count: 300_000)] {
            for place in [key, data] {
                let value = try #require(place.element("xenc:CipherValue"))
                let changed = place.replacing(value, with: "<xenc:CipherValue>\(wrong)</xenc:CipherValue>")
                let message = Sealed.envelope(
                    security: place == key ? changed : key,
                    body: place == data ? changed : data
                )
                #expect(try Fixtures.fault(of: message, Sealed.policy) != nil)
            }
        }
        for uri in ["https://example.org/", "file:///etc/passwd", "#ED", "cid:a"] {
            let value = try #require(data.element("xenc:CipherValue"))
            let remote = data.replacing(value, with: "<xenc:CipherReference URI=\"\(uri)\"/>")
            let message = Sealed.envelope(security: key, body: remote)
            #expect(try Fixtures.fault(of: message, Sealed.policy)?.code == .invalidSecurity)
        }
    }

    @Test("a wrapped key, or more encrypted data, that comes out of encrypted data in the Security header")
    func revealed() throws {
        let (inner, body) = try Sealed.content("<a/>", id: "ED", keyID: "EK")
        let element = { (data: String) in data.replacing(Sealed.xenc + "Content", with: Sealed.xenc + "Element") }
        let list =
            "<xenc:ReferenceList xmlns:xenc=\"\(Sealed.xenc)\"><xenc:DataReference URI=\"#ED\"/></xenc:ReferenceList>"
        let bare = inner.replacing(/<xenc:ReferenceList>.*<\/xenc:ReferenceList>/, with: "")
        #expect(try Fixtures.fault(of: Sealed.envelope(security: bare + list, body: body), Sealed.policy) == nil)
        let outer = try Sealed.content(bare, id: "EDK", keyID: "EK2")
        let hidden = Sealed.envelope(security: outer.key + element(outer.data) + list, body: body)
        let fault = try #require(try Fixtures.fault(of: hidden, Sealed.policy))
        #expect(fault.code == .invalidSecurity && fault.cause.contains("revealed"), "\(fault)")
        let timestamp = try #require(try Specimen().text.element("wsu:Timestamp"))
        let once = try Sealed.content(timestamp, id: "EDT", keyID: "EK3")
        let seen = Sealed.envelope(security: bare + list + once.key + element(once.data), body: body)
        #expect(try Fixtures.fault(of: seen, Sealed.policy) == nil)
        let twice = try Sealed.content(element(once.data), id: "EDD", keyID: "EK4")
        let nested = Sealed.envelope(security: bare + list + twice.key + element(twice.data) + once.key, body: body)
        let again = try #require(try Fixtures.fault(of: nested, Sealed.policy))
        #expect(again.code == .invalidSecurity && again.cause.contains("revealed"), "\(again)")
    }

    @Test("the content of the Security header as encrypted data that bring their own key")
    func headerContent() throws {
        let timestamp = try #require(try Specimen().text.element("wsu:Timestamp"))
        let (key, data) = try Sealed.content(timestamp)
        let bare = key.replacing(/<xenc:ReferenceList>.*<\/xenc:ReferenceList>/, with: "")
        let reference = try #require(data.element("wsse:SecurityTokenReference"))
        let own = data.replacing(reference, with: bare)
        let element = own.replacing(Sealed.xenc + "Content", with: Sealed.xenc + "Element")
        let policy = InboundPolicy(signed: [], requiresTimestamp: true)
        #expect(try Fixtures.fault(of: Sealed.envelope(security: element, body: "<a/>"), policy) == nil)
        let fault = try #require(try Fixtures.fault(of: Sealed.envelope(security: own, body: "<a/>"), policy))
        #expect(
            fault.code == .invalidSecurity && fault.cause.contains("content of Header or wsse:Security"),
            "\(fault)"
        )
    }
}
