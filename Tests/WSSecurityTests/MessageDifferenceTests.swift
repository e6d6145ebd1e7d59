import FoundationEssentials
import Testing
import WSSecurity

@Suite("Two messages are compared part by part in canonical form")
struct MessageDifferenceTests {
    private static let original = """
        <s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header><a:To xmlns:a="urn:a">x</a:To>\
        <a:From xmlns:a="urn:a">y</a:From></s:Header><s:Body><m:Order xmlns:m="urn:m" n="1"><m:i>1</m:i><m:i>2</m:i>\
        </m:Order></s:Body></s:Envelope>
        """

    @Test("What canonical form levels does not count")
    func same() throws {
        let other = Self.original.replacing("n=\"1\"", with: "n='1'")
            .replacing("<m:i>1</m:i>", with: "<m:i >&#49;</m:i>")
        let difference = try compare(other)
        #expect(difference.isSame && difference.parts.map(\.name) == ["{urn:a}To", "{urn:a}From", "body"])
    }

    @Test("Comments are told apart from what a signature covers")
    func comments() throws {
        let difference = try compare(Self.original.replacing("<m:i>1", with: "<m:i><!-- c -->1"))
        #expect(difference.isSame && difference.parts.last?.state == .commentsDiffer)
    }

    @Test(
        "The first difference is named with its path and kind",
        arguments: [
            ("<m:i>2<", "<m:i>3<", "Body/Order[1]/i[2]", ElementDifference.Kind.value),
            ("n=\"1\"", "n=\"2\"", "Body/Order[1]/@n", .value),
            ("n=\"1\"", "", "Body/Order[1]/@n", .structure),
            ("<m:i>2</m:i>", "<m:j>2</m:j>", "Body/Order[1]/i[2]", .structure),
            ("<m:i>2</m:i>", "", "Body/Order[1]", .structure),
            ("<m:i>2", "\n  <m:i>2", "Body/Order[1]", .whiteSpace),
            ("<m:i>2<", "<m:i>2 <", "Body/Order[1]/i[2]", .whiteSpace),
        ]
    )
    func named(_ old: String, _ new: String, _ path: String, _ kind: ElementDifference.Kind) throws {
        let difference = try compare(Self.original.replacing(old, with: new))
        let part = try #require(difference.parts.first { $0.state == .different })
        #expect(part.name == "body" && !difference.isSame)
        #expect(
            part.difference?.path == path && part.difference?.kind == kind,
            "\(String(describing: part.difference))"
        )
        #expect(part.octets != nil)
    }

    @Test("Prefixes alone are a difference of their own kind")
    func prefixes() throws {
        let other = Self.original.replacing("m:", with: "q:").replacing("xmlns:m", with: "xmlns:q")
        #expect(try compare(other).parts.last?.difference?.kind == .namespaces)
    }

    @Test("Missing, added and reordered parts are told")
    func structure() throws {
        let to = "<a:To xmlns:a=\"urn:a\">x</a:To>"
        let missing = try compare(Self.original.replacing(to, with: ""))
        #expect(missing.parts.first?.state == .onlyInOriginal)
        let added = try compare(Self.original.replacing(to, with: to + "<a:New xmlns:a=\"urn:a\"/>"))
        #expect(added.parts.contains { $0.name == "{urn:a}New" && $0.state == .onlyReceived })
        let moved = try compare(
            Self.original.replacing(to, with: "").replacing("</s:Header>", with: to + "</s:Header>")
        )
        #expect(moved.isSame && moved.isReordered)
    }

    @Test("The message that is no envelope is named")
    func malformed() {
        do {
            _ = try MessageDifference(from: Array(Self.original.utf8), to: Array("<a/>".utf8))
            Issue.record("compared")
        } catch {
            #expect(error.cause.hasPrefix("the received message: "))
        }
    }

    private func compare(_ other: String) throws -> MessageDifference {
        try MessageDifference(from: Array(Self.original.utf8), to: Array(other.utf8))
    }
}
