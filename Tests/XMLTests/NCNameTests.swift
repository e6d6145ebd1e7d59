import Testing
import XML

@Suite("Names without colon")
struct NCNameTests {
    @Test("what is one", arguments: ["a", "_", "A-1.b", "id-0-FF", "\u{E4}", "a\u{B7}", "\u{3042}1", "a\u{301}"])
    func names(_ text: String) { #expect(text.isNCName) }

    @Test(
        "what is none",
        arguments: ["", "1", "-a", ".a", "a:b", "a b", "{a}", "#a", "\u{B7}a", "\u{301}", "a\u{2603}", "a/"]
    )
    func others(_ text: String) { #expect(!text.isNCName) }
}
