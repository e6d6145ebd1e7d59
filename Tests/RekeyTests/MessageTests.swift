import Foundation
import TestSupport
import Testing

@Suite("Messages in files and pipes")
struct MessageTests {
    private static let envelope = """
        <s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><m:Order xmlns:m="urn:m">7</m:Order>\
        </s:Body></s:Envelope>
        """
    private static let now = "2026-11-21T02:00:00Z"

    private let program: Program

    init() throws {
        program = try Program()
    }

    private func key(_ name: String) -> String {
        Vectors.folder.appending(path: "keys/" + name).path
    }

    private func sign(_ message: String, _ more: String...) throws -> Program.Ending {
        try program.run(
            [
                "message", "sign", "--key", key("alice-rsa2048.key.pem"), "--certificate", key("alice-rsa2048.crt.pem"),
                "--at", Self.now,
            ] + more,
            input: message
        )
    }

    private func verify(_ message: String, _ more: String...) throws -> Program.Ending {
        try program.run(
            ["message", "verify", "--signer", key("alice-rsa2048.crt.pem"), "--at", Self.now] + more,
            input: message
        )
    }

    @Test(
        "What is signed is accepted, by every way of naming the key",
        arguments: ["binarySecurityToken", "issuerSerial", "subjectKeyIdentifier", "thumbprint", "pkiPath"]
    )
    func signed(_ reference: String) throws {
        defer { program.remove() }
        let signed = try sign(Self.envelope, "--key-reference", reference)
        #expect(signed.status == 0 && signed.diagnosis.isEmpty)
        let verified = try verify(signed.output, "--part", "body", "--part", "timestamp")
        #expect(verified.status == 0 && verified.diagnosis.isEmpty)
        #expect(verified.output.hasPrefix("accepted\nsigned: body, timestamp by CN=alice-rsa2048"))
    }

    @Test("RSA-PSS signs by a word")
    func pss() throws {
        defer { program.remove() }
        let signed = try sign(Self.envelope, "--scheme", "pss")
        #expect(signed.output.contains("sha256-rsa-MGF1"))
        #expect(try verify(signed.output).status == 0)
        #expect(try sign(Self.envelope, "--scheme", "dss").status == 2)
    }

    @Test("A changed message ends with 1, the OASIS code, the cause and what the peer would be told")
    func tampered() throws {
        defer { program.remove() }
        let message = try sign(Self.envelope).output.replacing(">7<", with: ">8<")
        let refused = try verify(message)
        #expect(refused.status == 1 && refused.output.isEmpty)
        #expect(refused.diagnosis.hasPrefix("rekey: error: FailedCheck: the digest of the element"))
        #expect(refused.diagnosis.contains("rekey: hint: body was changed after it was signed"))
        #expect(refused.diagnosis.hasSuffix("the peer would be told: The signature or decryption was invalid\n"))
        let report = try verify(message, "-o", "json")
        #expect(report.status == 1 && report.output.contains(#""code" : "FailedCheck""#))
    }

    @Test("A message is refused when it is too old, from the future, or of an unknown signer")
    func untrusted() throws {
        defer { program.remove() }
        let message = try sign(Self.envelope).output
        for moment in ["2026-11-21T02:07:00Z", "2026-11-21T01:58:00Z"] {
            let refused = try program.run(
                ["message", "verify", "--signer", key("alice-rsa2048.crt.pem"), "--at", moment],
                input: message
            )
            #expect(refused.status == 1 && refused.diagnosis.contains("MessageExpired"))
        }
        let unknown = try program.run(
            ["message", "verify", "--signer", key("bob-rsa2048.crt.pem"), "--at", Self.now],
            input: message
        )
        #expect(unknown.status == 1 && unknown.diagnosis.contains("rekey: error: "))
    }

    @Test("Sign then encrypt, and encrypt then sign, are two commands", arguments: [true, false])
    func piped(signsFirst: Bool) throws {
        defer { program.remove() }
        let encrypt = { (message: String) in
            try program.run(
                ["message", "encrypt", "--recipient", key("bob-rsa2048.crt.pem"), "--at", Self.now],
                input: message
            )
            .output
        }
        let message =
            try signsFirst ? encrypt(sign(Self.envelope).output) : sign(encrypt(Self.envelope)).output
        #expect(!message.contains(">7<"))
        let opened = try program.run(
            [
                "message", "decrypt", "--pkcs12", key("bob-rsa2048.p12"), "--password-file",
                program.file("password", "peerpass\n").path, "--signer", key("alice-rsa2048.crt.pem"), "--signed-part",
                "body", "--at", Self.now,
            ],
            input: message
        )
        #expect(opened.status == 0, "\(opened.diagnosis)")
        #expect(opened.output.contains(">7<") && !opened.output.contains("Security>"))
    }

    @Test("An inspection shows parts, algorithms and keys")
    func inspected() throws {
        defer { program.remove() }
        let message = try sign(Self.envelope).output
        let inspected = try program.run("message", "inspect", input: message)
        #expect(inspected.status == 0)
        #expect(inspected.output.contains("body: {urn:m}Order"))
        #expect(inspected.output.contains("CN=alice-rsa2048"))
        #expect(try program.run("message", "inspect", "-o", "json", input: message).output.hasPrefix("{"))
        #expect(try program.run("message", "inspect", input: "<a/>").status == 1)
    }

    @Test("A wrong password, and a file that is no key, are told by the file's name")
    func unreadable() throws {
        defer { program.remove() }
        try program.file("password", "wrong")
        let wrong = try program.run(
            "message",
            "sign",
            "--pkcs12",
            key("alice-p256.p12"),
            "--password-file",
            "password",
            input: Self.envelope
        )
        #expect(wrong.status == 2 && wrong.diagnosis.contains("alice-p256.p12: the password does not open"))
        let none = try program.run(
            "message",
            "sign",
            "--key",
            key("README.md"),
            "--certificate",
            key("alice-p256.crt.pem"),
            input: Self.envelope
        )
        #expect(none.status == 2 && none.diagnosis.contains("README.md"))
    }
}
