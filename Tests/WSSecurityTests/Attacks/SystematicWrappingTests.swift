import Testing
import WSSecurity
import XML

@Suite("Signature wrapping, every place times every trick with ids: what is not at its place counts for nothing")
struct SystematicWrappingTests {
    /// A signed part, as an attacker moves it away and puts another in its place.
    struct Target: Sendable, CustomTestStringConvertible {
        let name: String
        /// The content of what takes its place.
        let evil: String

        var testDescription: String { name }

        static let all = [
            Target(name: "soap:Body", evil: "EVIL"),
            Target(name: "wsa:MessageID", evil: "EVIL"),
            Target(
                name: "wsu:Timestamp",
                evil: "<wsu:Created>2026-11-21T01:59:59Z</wsu:Created><wsu:Expires>2026-11-21T02:30:00Z</wsu:Expires>"
            ),
        ]
    }

    /// Where the signed part goes.
    private static let places: [(name: String, put: @Sendable (String, String) -> String)] = [
        ("last header block", { $1.inserting($0, before: "</soap:Header>") }),
        ("first header block", { $1.inserting($0, after: "<soap:Header>") }),
        ("unknown header block", { $1.inserting("<w xmlns='urn:w'>\($0)</w>", before: "</soap:Header>") }),
        (
            "header block for next",
            { $1.inserting("<w xmlns='urn:w' soap:actor='\(next)'>\($0)</w>", before: "</soap:Header>") }
        ),
        ("wsse:Security, last", { $1.inserting($0, before: "</wsse:Security>") }),
        ("wsse:Security, before the signature", { $1.inserting($0, before: "<ds:Signature ") }),
        (
            "Security of another actor",
            {
                $1.inserting("<wsse:Security soap:actor='urn:other'>\($0)</wsse:Security>", before: "</soap:Header>")
            }
        ),
        ("ds:Object", { $1.inserting("<ds:Object>\($0)</ds:Object>", before: "</ds:Signature>") }),
        ("ds:KeyInfo", { $1.inserting($0, before: "</ds:KeyInfo>") }),
        ("ds:SignedInfo", { $1.inserting($0, before: "</ds:SignedInfo>") }),
        ("SecurityTokenReference", { $1.inserting($0, before: "</wsse:SecurityTokenReference>") }),
        ("BinarySecurityToken", { $1.inserting($0, before: "</wsse:BinarySecurityToken>") }),
        ("Timestamp", { $1.inserting($0, before: "</wsu:Timestamp>") }),
        ("MessageID", { $1.inserting($0, before: "</wsa:MessageID>") }),
        ("Body, last", { $1.inserting($0, before: "</soap:Body>") }),
        ("Body, wrapped", { $1.inserting("<w xmlns='urn:w'>\($0)</w>", before: "</soap:Body>") }),
        ("after Body", { $1.inserting($0, before: "</soap:Envelope>") }),
        ("before Header", { $1.inserting($0, before: "<soap:Header>") }),
        ("wrapped before Header", { $1.inserting("<soap:w>\($0)</soap:w>", before: "<soap:Header>") }),
        ("nowhere", { $1 }),
    ]

    /// The attributes of what takes its place, by the id that is signed.
    private static let identifiers: [@Sendable (String) -> String] = [
        { _ in "" }, { " wsu:Id='\($0)'" }, { " Id='\($0)'" }, { " ID='\($0)'" }, { " id='\($0)'" },
        { " xml:id='\($0)'" }, { " AssertionID='\($0)'" }, { " w:Id='\($0)' xmlns:w='urn:w'" },
        { " wsu:Id='\($0)x'" }, { " wsu:Id=' \($0)'" }, { " wsu:Id='other' xml:id='\($0)'" },
    ]

    /// What becomes of the id of the part that is moved.
    private static let renamings: [(old: String, new: String)] = [
        ("wsu:Id=", "wsu:Id="), ("wsu:Id=", "Id="), ("wsu:Id=", "ID="), ("wsu:Id=", "xml:id="), ("wsu:Id=", "u="),
    ]

    private static let next = "http://schemas.xmlsoap.org/soap/actor/next"

    @Test("a message that nobody touched is accepted")
    func control() throws {
        #expect(try Fixtures.fault(of: Specimen().text, Specimen.policy) == nil)
    }

    @Test("never accepted", arguments: Target.all)
    func wrapped(_ target: Target) throws {
        let message = try Specimen().text
        let original = try #require(message.element(target.name))
        let id = try #require(original.value(of: "wsu:Id"))
        var count = 0
        for place in Self.places {
            for identifier in Self.identifiers {
                for renaming in Self.renamings {
                    let evil = "<\(target.name)\(identifier(id))\(Self.declaration)>\(target.evil)</\(target.name)>"
                    let moved = original.replacing(renaming.old, with: renaming.new, maxReplacements: 1)
                    let wrapped = place.put(moved, message.replacing(original, with: evil))
                    #expect((try? XMLDocument(scanning: Array(wrapped.utf8))) != nil, "\(place.name): \(evil)")
                    let fault = try Fixtures.fault(of: wrapped, Specimen.policy)
                    #expect(fault != nil, "\(place.name): \(evil) for \(moved)")
                    count += 1
                }
            }
        }
        #expect(count == 20 * 11 * 5)
    }

    private static let declaration = " xmlns:wsa='http://www.w3.org/2005/08/addressing'"
}
