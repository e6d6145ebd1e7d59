import Foundation
import TestSupport
import Testing

@Suite("Messages that partners sent, inspected and compared")
struct InspectTests {
    private static let at = "2026-11-21T01:43:00Z"
    private let program: Program

    init() throws {
        program = try Program()
    }

    private func path(_ name: String) -> String { Vectors.folder.appending(path: name).path }

    private func message(_ name: String) throws -> String {
        String(decoding: try Vectors.octets("generated/" + name), as: UTF8.self)
    }

    private func inspect(_ message: String, _ more: String...) throws -> Program.Ending {
        try program.run(["message", "inspect", "--at", Self.at] + more, input: message)
    }

    @Test("A sound message of WSS4J: who signed what, by which key, and no violation")
    func sound() throws {
        defer { program.remove() }
        let ending = try inspect(message("wss4j/sign-bst.xml"), "--certificate", path("keys/alice-rsa2048.crt.pem"))
        #expect(ending.status == 0 && ending.diagnosis.isEmpty)
        #expect(ending.output.hasPrefix("nothing wrong found; the signature is sound\n"))
        for fact in [
            "signature: rsa-sha256, exclusive C14N",
            "key by wsse:Reference to wsse:BinarySecurityToken: CN=alice-rsa2048",
            "serial 8193", "SHA-1 thumbprint ", "alice-rsa2048.crt.pem", "ok      body: sha256",
            "ok      timestamp: sha256",
        ] { #expect(ending.output.contains(fact), "\(fact)") }
        #expect(!ending.output.contains("BSP 1.1 R"))
    }

    @Test("A formatted message: the change, what shows it and what mends it; both forms are saved")
    func formatted() throws {
        defer { program.remove() }
        let envelope = """
            <s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><m:Order xmlns:m="urn:m"><m:a>1</m:a>\
            </m:Order></s:Body></s:Envelope>
            """
        let signed = try program.run(
            "message",
            "sign",
            "--key",
            path("keys/alice-rsa2048.key.pem"),
            "--certificate",
            path("keys/alice-rsa2048.crt.pem"),
            "--at",
            Self.at,
            input: envelope
        )
        let changed = signed.output.replacing("<m:", with: "\n    <m:")
            .replacing("</m:Order>", with: "\n  </m:Order>\n")
        let ending = try inspect(changed, "--save", program.folder.path)
        #expect(ending.status == 1)
        #expect(
            ending.output.hasPrefix("refused: FailedCheck: white space was put between elements"),
            "\(ending.output)"
        )
        #expect(ending.output.contains("reproduces the digest of body") && ending.output.contains("  mend: "))
        #expect(ending.output.contains("DIFFERS body") && ending.output.contains("ok      timestamp"))
        let files = ["signature1-body.received.xml", "signature1-body.signed.xml"]
        let octets = try files.map { try Data(contentsOf: program.folder.appending(path: $0)) }
        #expect(octets[0] != octets[1] && octets[1].starts(with: Data("<s:Body".utf8)))
        let refused = try program.run(
            "message",
            "verify",
            "--certificate",
            path("keys/alice-rsa2048.crt.pem"),
            "--at",
            Self.at,
            input: changed
        )
        #expect(refused.diagnosis.contains("rekey: hint: white space was put between elements"))
    }

    @Test("A message of WSS4J whose characters were read in another charset")
    func reencoded() throws {
        defer { program.remove() }
        let original = try message("wss4j/sign-bst.xml")
        let changed = String(original.utf8.map { Character(Unicode.Scalar($0)) })
        let ending = try inspect(changed)
        #expect(ending.status == 1)
        #expect(ending.output.hasPrefix("refused: FailedCheck: characters beyond ASCII were re-encoded"))
    }

    @Test("A changed value: compared with the original, the first difference is named")
    func tampered() throws {
        defer { program.remove() }
        let original = try message("wss4j/sign-bst.xml")
        let changed = original.replacing("PO-2026-000001", with: "changed")
        try program.file("original.xml", original)
        let ending = try inspect(changed, "--original", "original.xml")
        #expect(ending.status == 1)
        #expect(ending.output.hasPrefix("refused: FailedCheck: body was changed after it was signed"))
        #expect(ending.output.contains("the original has the digest") && ending.output.contains(">>changed"))
        try program.file("received.xml", changed)
        let difference = try program.run("message", "diff", "original.xml", "received.xml")
        #expect(difference.status == 1 && difference.output.hasPrefix("body: Body/"))
        #expect(difference.output.contains("\"changed\" received"))
        #expect(difference.output.contains("same: "))
        #expect(try program.run("message", "diff", "original.xml", "original.xml").status == 0)
        #expect(try program.run("message", "diff", "original.xml", "received.xml", "-o", "json").output.hasPrefix("{"))
    }

    @Test("An expired message, a message of the wrong key version, and one that is encrypted")
    func refused() throws {
        defer { program.remove() }
        let late = try program.run(
            ["message", "inspect", "--at", "2056-11-21T01:43:00Z"],
            input: message("wss4j/sign-bst.xml")
        )
        #expect(
            late.status == 1 && late.output.contains("refused: FailedAuthentication: the signer's certificate ended")
        )
        #expect(late.output.contains("also: MessageExpired: the timestamp expired"))
        let issuer = try message("wss4j/sign-issuer.xml")
        let wrong = try inspect(issuer, "--certificate", path("keys/alice-rsa2048.self.crt.pem"))
        #expect(wrong.status == 1 && wrong.output.contains("SecurityTokenUnavailable: wrong certificate version"))
        let right = try inspect(issuer, "--certificate", path("keys/alice-rsa2048.crt.pem"))
        #expect(right.status == 0)
        let closed = try inspect(message("wss4j/enc-aes256-gcm.xml"))
        #expect(closed.status == 0 && closed.output.contains("encrypted: body, aes256-gcm"))
    }

    @Test("Everything is there as JSON")
    func json() throws {
        defer { program.remove() }
        let ending = try inspect(message("wss4j/sign-rsa-sha1.xml"), "-o", "json")
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(ending.output.utf8)) as? [String: Any]
        )
        #expect(object["accepted"] as? Bool == true)
        let diagnosis = try #require(object["diagnosis"] as? [String: Any])
        let findings = try #require(diagnosis["findings"] as? [[String: Any]])
        #expect(findings.contains { ($0["remedy"] as? String)?.contains("--allow sha-1") == true })
        let refused = try program.run(["message", "inspect", "-o", "json"], input: "<a/>")
        #expect(refused.status == 1 && refused.output.contains(#""code" : "MalformedMessage""#))
    }

    @Test(
        "Legacy algorithms are accepted by name or URI, one by one, and never by accident",
        arguments: [
            ("wss4j/sign-rsa-sha1.xml", "SHA1"), ("wss4j/sign-rsa-sha1.xml", "sha-1"),
            ("wss4j/sign-rsa-sha224.xml", "rsa-sha224"),
            ("wss4j/sign-rsa-sha1.xml", "http://www.w3.org/2000/09/xmldsig#rsa-sha1"),
        ]
    )
    func allowed(_ file: String, _ word: String) throws {
        defer { program.remove() }
        let verify = ["message", "verify", "--certificate", path("keys/alice-rsa2048.crt.pem"), "--at", Self.at]
        let text = try message(file)
        let maximum = ["--maximum-age", "315360000"]
        let refused = try program.run(verify + maximum, input: text)
        #expect(refused.status == 1 && refused.diagnosis.contains("UnsupportedAlgorithm"))
        let accepted = try program.run(verify + maximum + ["--allow", word], input: text)
        #expect(accepted.status == 0, "\(accepted.diagnosis)")
        let unknown = try program.run(verify + ["--allow", "md5"], input: text)
        #expect(unknown.status == 2 && unknown.diagnosis.contains("md5 is not an algorithm"))
    }

    @Test(
        "What old peers encrypt is opened by name",
        arguments: [
            ("wss4j/enc-rsa15.xml", "rsa-1_5"), ("wss4j/enc-3des.xml", "3des"), ("wss4j/enc-aes128-cbc.xml", "cbc"),
            ("wss4j/enc-aes128-cbc.xml", "aes-128-cbc"),
            ("wss4j/enc-rsa15.xml", "http://www.w3.org/2001/04/xmlenc#rsa-1_5"),
        ]
    )
    func opened(_ file: String, _ word: String) throws {
        defer { program.remove() }
        let decrypt = [
            "message", "decrypt", "--key", path("keys/bob-rsa2048.key.pem"), "--certificate",
            path("keys/bob-rsa2048.crt.pem"), "--at", Self.at,
        ]
        let text = try message(file)
        let refused = try program.run(decrypt, input: text)
        #expect(refused.status == 1 && refused.diagnosis.contains("UnsupportedAlgorithm"))
        let others = ["--allow", word] + (word.contains("rsa") ? ["--allow", "cbc"] : [])
        let opened = try program.run(decrypt + others, input: text)
        #expect(opened.status == 0 && opened.output.contains("PurchaseOrder"), "\(opened.diagnosis)")
    }

    @Test("The environment gives a key's password; the command line never does")
    func password() throws {
        defer { program.remove() }
        let decrypt = ["message", "decrypt", "--pkcs12", path("keys/bob-rsa2048.p12"), "--at", Self.at]
        let text = try message("wss4j/enc-aes256-gcm.xml")
        let without = try program.run(decrypt, input: text)
        #expect(without.status == 2 && without.diagnosis.contains("REKEY_KEY_PASSWORD"))
        let opened = try program.run(decrypt, input: text, environment: ["REKEY_KEY_PASSWORD": "peerpass"])
        #expect(opened.status == 0, "\(opened.diagnosis)")
    }
}
