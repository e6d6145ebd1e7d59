import Foundation
import TestSupport
import Testing

@Suite("The command lines of the README")
struct ReadmeTests {
    @Test("`rekey message` does what they say")
    func messages() throws {
        let program = try Program()
        defer { program.remove() }
        try Self.prepare(program)
        let readme = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../README.md")
        let lines = try String(contentsOf: readme.standardizedFileURL, encoding: .utf8).split(separator: "\n")
            .filter { $0.hasPrefix("rekey message ") && !$0.contains("|verify|") }
        #expect(lines.count >= 8)
        for line in lines {
            let ending = try program.run(shell: String(line))
            #expect(ending.status == 0, "\(line): \(ending.diagnosis)")
        }
        let sent = try String(contentsOf: program.folder.appending(path: "sent.xml"), encoding: .utf8)
        #expect(sent.contains("Signature>") && sent.contains("CipherValue>") && !sent.contains(">7<"))
    }

    /// The files that the lines name.
    private static func prepare(_ program: Program) throws {
        for (name, pair) in [
            ("own", "alice-rsa2048"), ("partner", "bob-rsa2048"), ("second", "alice-p256"), ("archive", "bob-rsa3072"),
        ] {
            for (from, to) in [("key.pem", "key.pem"), ("crt.pem", "pem")] {
                try FileManager.default.copyItem(
                    at: Vectors.folder.appending(path: "keys/\(pair).\(from)"),
                    to: program.folder.appending(path: "\(name).\(to)")
                )
            }
        }
        try program.file("orders.password", "not quite secret\n")
        try program.file(
            "order.xml",
            """
            <s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><m:Order xmlns:m="urn:m">7</m:Order>\
            </s:Body></s:Envelope>
            """
        )
        try program.file(
            "assertion.xml",
            """
            <saml2:Assertion xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion" ID="_a1" Version="2.0" \
            IssueInstant="2026-11-20T00:00:00Z"><saml2:Issuer>issuer</saml2:Issuer><saml2:Subject>\
            <saml2:NameID>user</saml2:NameID><saml2:SubjectConfirmation \
            Method="urn:oasis:names:tc:SAML:2.0:cm:sender-vouches"/></saml2:Subject></saml2:Assertion>
            """
        )
        let signing = "rekey message sign --key partner.key.pem --certificate partner.pem order.xml"
        let made = [
            signing + " --out request.xml", signing + " | rekey message encrypt --recipient own.pem --out received.xml",
        ]
        for line in made { #expect(try program.run(shell: line).status == 0) }
    }
}
