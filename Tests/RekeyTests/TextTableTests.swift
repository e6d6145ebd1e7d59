import Testing

@testable import rekey

@Suite("Tables")
struct TextTableTests {
    private let table = TextTable(
        ["step", "what"],
        [
            ["1-exchange", "Exchanges the old key pair with the new one, keeping the alias."],
            ["2-inform", "receiver.administrator.of.northwind"],
        ]
    )

    @Test("Where the output is no terminal each row is one line")
    func unbounded() {
        #expect(table.text(within: nil).split(separator: "\n").count == 3)
        #expect(table.text(within: 75) == table.text(within: nil))
    }

    @Test("On a terminal the widest column is wrapped between words, under its heading")
    func wrapped() {
        #expect(
            table.text(within: 50) == """
                STEP        WHAT
                1-exchange  Exchanges the old key pair with the
                            new one, keeping the alias.
                2-inform    receiver.administrator.of.northwind
                """
        )
    }

    @Test("No word is cut, however narrow the terminal is", arguments: [0, 1, 20])
    func narrow(_ columns: Int) {
        let lines = table.text(within: columns).split(separator: "\n")
        #expect(lines.map(\.count).max() == 47 && lines.contains("2-inform    receiver.administrator.of.northwind"))
    }
}
