import Testing

@Suite("Help and command lines")
struct HelpTests {
    private let program: Program

    init() throws {
        program = try Program()
    }

    @Test(
        "Every command explains itself on standard output",
        arguments: [
            "serve", "config", "master-key", "key", "keystore", "flow", "queue", "log", "renewal", "message", "drill",
            "partner",
        ]
    )
    func help(_ command: String) throws {
        defer { program.remove() }
        let ending = try program.run("help", command)
        #expect(ending.status == 0 && ending.diagnosis.isEmpty)
        #expect(ending.output.contains("OVERVIEW: ") && ending.output.contains("USAGE: rekey \(command)"))
    }

    @Test("The program says which one it is")
    func version() throws {
        defer { program.remove() }
        let ending = try program.run("--version")
        #expect(
            ending.status == 0 && ending.output.wholeMatch(of: /\d+\.\d+\.\d+ \(libcrypto 3\..+\)\n/) != nil,
            "\(ending)"
        )
    }

    @Test("The exit codes are documented")
    func exitCodes() throws {
        defer { program.remove() }
        let output = try program.run("--help").output.split(separator: "\n").joined(separator: " ")
        #expect(output.contains("2 wrong command line, 3 the tenant does not answer"))
    }

    @Test(
        "A wrong command line ends with 2 and says what would be right",
        arguments: [
            ["nothing"], ["key", "nothing"], ["key", "show"], ["key", "list", "-o", "xml"], ["key", "exchange", "a"],
            ["message", "sign"], ["message", "verify", "--certificate", "missing.pem"],
            ["message", "sign", "--part", "head"], ["message", "diff", "one.xml"], ["serve"],
        ]
    )
    func wrong(_ arguments: [String]) throws {
        defer { program.remove() }
        let ending = try program.run(arguments)
        #expect(ending.status == 2 && ending.output.isEmpty)
        let lines = ending.diagnosis.split(separator: "\n")
        #expect(lines.first?.hasPrefix("rekey: error: ") == true)
        #expect(lines.last?.hasPrefix("rekey: hint: ") == true)
    }

    @Test("What a command itself finds wrong with its options is told with its own usage")
    func usage() throws {
        defer { program.remove() }
        let ending = try program.run("key", "import", "orders-sign", "--certificate", "c.pem")
        #expect(ending.status == 2 && ending.diagnosis.contains("hint: Usage: rekey key import"), "\(ending.diagnosis)")
    }

    @Test("A tenant that does not answer ends with 3")
    func unreachable() throws {
        defer { program.remove() }
        try program.file("token", "a token of nobody")
        let ending = try program.run("key", "list", "--server", "http://127.0.0.1:1", "--token-file", "token")
        #expect(ending.status == 3)
        #expect(ending.diagnosis.contains("rekey: error: no answer from http://127.0.0.1:1"))
    }

    @Test("Without a token nothing is sent")
    func tokenless() throws {
        defer { program.remove() }
        let ending = try program.run("key", "list")
        #expect(ending.status == 2)
        #expect(ending.diagnosis.contains("REKEY_TOKEN_FILE"))
    }
}
