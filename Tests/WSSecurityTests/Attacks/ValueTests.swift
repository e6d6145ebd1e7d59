import Testing
import WSSecurity
import XML

@Suite("The value that is handed on is the value that was signed, however it is written")
struct ValueTests {
    private static func body(_ message: String) throws -> String {
        String(decoding: try Fixtures.process(Array(message.utf8), Specimen.policy).body, as: UTF8.self)
    }

    @Test("comments, CDATA sections and references put into a signed value neither cut nor change it")
    func rewritten() throws {
        let message = try Specimen().text
        let expected = try Self.body(message)
        for (old, new) in [
            ("M\u{FC}ller", "M\u{FC}<!-- -->ller"), ("M\u{FC}ller", "<!--EVIL-->M\u{FC}ller<!--EVIL-->"),
            ("M\u{FC}ller", "M&#xFC;ller"), ("M\u{FC}ller", "M&#252;l<![CDATA[l]]>er"),
            ("M\u{FC}ller", "M\u{FC}ll<![CDATA[]]>er"),
            ("&amp;", "&#38;"), ("<![CDATA[<raw> & more]]>", "&lt;raw> &amp; mor&#x65;"),
            ("number='7'", "number = \"&#55;\""), ("<m:item>", "<m:item\n >"), ("</m:item>", "</m:item\t>"),
        ] {
            let changed = message.replacing(old, with: new)
            #expect(Array(changed.utf8) != Array(message.utf8))
            #expect(try Self.body(changed) == expected, "\(new)")
            let result = try Fixtures.process(Array(changed.utf8), Specimen.policy)
            let document = try XMLDocument(scanning: result.envelope)
            let item = try #require(
                document.descendants(of: document.root).first { document.isNamed($0, "item", in: "urn:test:order") }
            )
            #expect(document.text(of: item) == "M\u{FC}ller & S\u{F6}hne")
            #expect(document.children(of: item).allSatisfy { document.kind(of: $0) == .text }, "\(new)")
        }
    }

    @Test("whatever canonicalization keeps is a change")
    func changed() throws {
        let message = try Specimen().text
        for (old, new) in [
            ("M\u{FC}ller", "M\u{FC}<?pi?>ller"), ("M\u{FC}ller", "Mu\u{308}ller"), ("M\u{FC}ller", "M\u{FC}ller "),
            ("<m:item>", "<m:item xml:lang=\"en\">"), ("<m:item>", "<m:item xml:space=\"preserve\">"),
            ("<m:item>", "<m:item xmlns=\"urn:x\"><y/>"), ("number='7'", "number='7 '"), ("number='7'", "Number='7'"),
            ("xmlns:m=\"urn:test:order\"", "xmlns:m=\"urn:test:order \""),
            ("m:item", "n:item xmlns:n='urn:test:order'"),
            ("M\u{FC}ller", "M\u{FC}ller&#xD;"), ("M\u{FC}ller", "M\u{FC}ller&#xA;"),
            ("xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"", "xmlns:xsi=\"urn:evil\""),
        ] {
            let changed = message.replacing(old, with: new)
            #expect(Array(changed.utf8) != Array(message.utf8))
            #expect(try Fixtures.fault(of: changed, Specimen.policy) != nil, "\(new)")
        }
    }

    @Test("a DOCTYPE, of any kind and anywhere, is no message")
    func documentType() throws {
        let message = try Specimen().text
        let start = try #require(message.firstRange(of: "<soap:Envelope")).lowerBound
        for declaration in [
            "<!DOCTYPE x>", "<!DOCTYPE x SYSTEM 'file:///etc/passwd'>", "<!DOCTYPE x PUBLIC 'a' 'http://192.0.2.1/'>",
            "<!DOCTYPE x [<!ENTITY a 'EVIL'>]>", "<!DOCTYPE x [<!ENTITY % p SYSTEM 'http://192.0.2.1/'>%p;]>",
            "<!DOCTYPE x [<!ATTLIST soap:Body wsu:Id ID 'x'>]>", "<!doctype x>", "<!ENTITY a 'b'>",
        ] {
            let changed = String(message[..<start]) + declaration + message[start...]
            #expect(try Fixtures.fault(of: changed, Specimen.policy)?.code == .malformedMessage)
            let inside = message.inserting(declaration, before: "</soap:Header>")
            #expect(try Fixtures.fault(of: inside, Specimen.policy)?.code == .malformedMessage)
        }
        for reference in ["&EVIL;", "&nbsp;", "%EVIL;&x;"] {
            let changed = message.replacing("urn:uuid:1", with: reference)
            #expect(try Fixtures.fault(of: changed, Specimen.policy)?.code == .malformedMessage)
        }
    }

    @Test("elements of SOAP and WSS in other namespaces, or with their prefix bound to another, are not those elements")
    func namespaces() throws {
        let message = try Specimen().text
        for (old, new) in [
            ("<wsse:Security ", "<w:Security xmlns:w=\"urn:w\" "), ("<soap:Body", "<s:Body xmlns:s=\"urn:s\""),
            ("<soap:Body", "<s:Body xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\""),
            ("<ds:Signature ", "<d:Signature xmlns:d=\"urn:d\" "), ("<wsu:Timestamp", "<u:Timestamp xmlns:u=\"urn:u\""),
        ] {
            let name = String(old.dropFirst().prefix { $0 != " " })
            let changed = message.replacing(old, with: new, maxReplacements: 1)
                .replacing("</\(name)>", with: "</\(new.dropFirst().prefix { $0 != " " })>", maxReplacements: 1)
            #expect((try? XMLDocument(scanning: Array(changed.utf8))) != nil)
            #expect(try Fixtures.fault(of: changed, Specimen.policy) != nil, "\(new)")
        }
    }
}
