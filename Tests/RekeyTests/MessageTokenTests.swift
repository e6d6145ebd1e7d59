import Foundation
import TestSupport
import Testing

@Suite("Tokens, several recipients and second signatures on the command line")
struct MessageTokenTests {
    private static let envelope = """
        <s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><m:Order xmlns:m="urn:m">7</m:Order>\
        </s:Body></s:Envelope>
        """
    private static let password = ["REKEY_USER_PASSWORD": "not quite secret"]

    private let program: Program

    init() throws {
        program = try Program()
    }

    private func key(_ name: String) -> String {
        Vectors.folder.appending(path: "keys/" + name).path
    }

    /// Runs `rekey message COMMAND` at the tests' moment.
    private func message(
        _ command: String,
        _ message: String,
        _ more: [String],
        environment: [String: String] = [:]
    ) throws -> Program.Ending {
        let arguments = ["message", command, "--at", "2026-11-21T02:00:00Z"] + more
        return try program.run(arguments, input: message, environment: environment)
    }

    private var signer: [String] {
        ["--key", key("alice-rsa2048.key.pem"), "--certificate", key("alice-rsa2048.crt.pem")]
    }
    private var trust: [String] { ["--signer", key("alice-rsa2048.crt.pem")] }

    // MARK: Users

    @Test(
        "A user's token is added with a password from a file or the environment, and verified",
        arguments: [true, false]
    )
    func user(isDigest: Bool) throws {
        defer { program.remove() }
        let form = ["--user", "ORDERS", "--user-password-form", isDigest ? "digest" : "text"]
        let parts = ["--part", "body", "--part", "usernameToken"]
        let signed = try message("sign", Self.envelope, signer + form + parts, environment: Self.password)
        #expect(signed.status == 0 && signed.output.contains(">ORDERS<"), "\(signed.diagnosis)")
        #expect(signed.output.contains("not quite secret") == !isDigest)
        let file = try program.file("password", "not quite secret\n").path
        let verified = try message("verify", signed.output, trust + form + ["--user-password-file", file])
        #expect(verified.status == 0 && verified.output.contains("user: ORDERS"), "\(verified.diagnosis)")
        let guessed = ["REKEY_USER_PASSWORD": "guessed"]
        let refused = try message("verify", signed.output, trust + form, environment: guessed)
        #expect(refused.status == 1 && refused.diagnosis.contains("FailedAuthentication"))
        #expect(!refused.diagnosis.contains("guessed"))
        #expect(try message("verify", signed.output, trust).status == 1)
    }

    @Test("A token may stand alone, and a digest always has nonce and moment")
    func alone() throws {
        defer { program.remove() }
        let bare = ["--user", "ORDERS", "--user-password-form", "text", "--no-user-nonce", "--no-user-created"]
        let alone = try message("sign", Self.envelope, bare, environment: Self.password)
        #expect(alone.status == 0 && !alone.output.contains("Nonce") && !alone.output.contains("Signature"))
        let digest = try message("sign", Self.envelope, ["--user", "A", "--no-user-nonce"], environment: Self.password)
        #expect(digest.status == 2 && digest.diagnosis.contains("could be repeated"))
        let none = try message("sign", Self.envelope, ["--user", "ORDERS"])
        #expect(none.status == 2 && none.diagnosis.contains("REKEY_USER_PASSWORD"))
    }

    @Test("Signature and token are encrypted in the step that signs")
    func hidden() throws {
        defer { program.remove() }
        let form = ["--user", "ORDERS", "--user-password-form", "text"]
        let hiding =
            ["--recipient", key("bob-rsa2048.crt.pem")]
            + ["body", "usernameToken", "signature"].flatMap { ["--hide", $0] }
        let sent = try message("sign", Self.envelope, signer + form + hiding, environment: Self.password)
        #expect(sent.status == 0, "\(sent.diagnosis)")
        for secret in [">7<", "ORDERS", "not quite secret", "SignatureValue"] { #expect(!sent.output.contains(secret)) }
        let own = ["--key", key("bob-rsa2048.key.pem"), "--certificate", key("bob-rsa2048.crt.pem")]
        let opened = try message(
            "decrypt",
            sent.output,
            own + trust + form + [
                "--part", "body", "--part", "usernameToken", "--part", "signature", "--signed-part", "body",
            ],
            environment: Self.password
        )
        #expect(opened.status == 0 && opened.output.contains(">7<"), "\(opened.diagnosis)")
        #expect(try message("sign", Self.envelope, signer + ["--hide", "signature"]).status == 2)
    }

    // MARK: Assertions

    @Test("An assertion is vouched for by the signer, and demanded by the receiver")
    func assertion() throws {
        defer { program.remove() }
        let assertion = try program.file(
            "assertion.xml",
            """
            <saml2:Assertion xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion" ID="_a1" Version="2.0" \
            IssueInstant="2026-11-20T00:00:00Z"><saml2:Issuer>issuer</saml2:Issuer><saml2:Subject>\
            <saml2:NameID>user</saml2:NameID><saml2:SubjectConfirmation \
            Method="urn:oasis:names:tc:SAML:2.0:cm:sender-vouches"/></saml2:Subject></saml2:Assertion>
            """
        )
        let signed = try message("sign", Self.envelope, signer + ["--assertion", assertion.path])
        #expect(signed.status == 0, "\(signed.diagnosis)")
        let verified = try message("verify", signed.output, trust + ["--assertion", "senderVouches"])
        #expect(verified.status == 0 && verified.output.contains("assertion: user by issuer, senderVouches"))
        #expect(try message("verify", signed.output, trust).status == 1)
        let bearer = ["--assertion", "bearer", "--issuer", key("bob-rsa2048.crt.pem")]
        #expect(try message("verify", signed.output, trust + bearer).status == 1)
        #expect(try message("verify", signed.output, trust + ["--assertion", "bearer"]).status == 2)
        let unsigned = try message("sign", Self.envelope, signer + ["--assertion", assertion.path, "--part", "body"])
        #expect(unsigned.status == 1 && unsigned.diagnosis.contains("sender-vouches"))
        let other = try program.file("other.xml", "<a/>")
        #expect(try message("sign", Self.envelope, signer + ["--assertion", other.path]).status == 2)
    }

    // MARK: Signatures

    @Test("A second signature endorses the first, and the receiver demands it of the endorser")
    func endorsed() throws {
        defer { program.remove() }
        let password = try program.file("endorsing", "peerpass").path
        let endorsing = ["--endorsing-pkcs12", key("bob-rsa2048.p12"), "--endorsing-password-file", password]
        let signed = try message("sign", Self.envelope, signer + endorsing + ["--key-reference", "thumbprint"])
        #expect(signed.status == 0, "\(signed.diagnosis)")
        let demand = ["--endorser", key("bob-rsa2048.crt.pem")]
        let verified = try message("verify", signed.output, trust + demand)
        #expect(
            verified.status == 0 && verified.output.contains("signed: signature by CN=bob"),
            "\(verified.diagnosis)"
        )
        let alone = try message("sign", Self.envelope, signer).output
        let refused = try message("verify", alone, trust + demand)
        #expect(refused.status == 1 && refused.diagnosis.contains("no endorser signed signature"))
    }

    @Test("A response confirms the signature of its request, as the report of the request has it")
    func confirmed() throws {
        defer { program.remove() }
        let request = try message("sign", Self.envelope, signer).output
        let report = try message("verify", request, trust + ["-o", "json"]).output
        let value = try #require(report.firstMatch(of: #/"value" : "([^"]+)"/#)?.1).replacing("\\/", with: "/")
        let response = try message("sign", Self.envelope, signer + ["--confirm", String(value)]).output
        #expect(try message("verify", response, trust + ["--confirm", String(value)]).status == 0)
        #expect(try message("verify", response, trust + ["--confirm", "AAAA"]).status == 1)
        #expect(try message("verify", request, trust + ["--confirm", String(value)]).status == 1)
        let unsigned = try message("sign", Self.envelope, signer + ["--confirm", "none"]).output
        #expect(try message("verify", unsigned, trust + ["--confirm", "none"]).status == 0)
        #expect(try message("sign", Self.envelope, signer + ["--confirm", "?"]).status == 2)
    }

    @Test("What settings say of a signature, options say too")
    func settings() throws {
        defer { program.remove() }
        let options = [
            "--canonicalization", "inclusive", "--key-reference", "issuerSerial", "--include-token", "--str-transform",
            "--part", "body", "--part", "signatureToken", "--layout", "laxTimestampLast", "--lifetime", "60",
        ]
        let signed = try message("sign", Self.envelope, signer + options)
        #expect(signed.output.contains("REC-xml-c14n-20010315") && signed.output.contains("STR-Transform"))
        #expect(signed.output.contains("BinarySecurityToken") && signed.output.contains("02:01:00"))
        let accepted = try message("verify", signed.output, trust + ["--layout", "laxTimestampLast"])
        #expect(accepted.status == 0, "\(accepted.diagnosis)")
        #expect(try message("verify", signed.output, trust + ["--layout", "laxTimestampFirst"]).status == 1)
    }

    // MARK: Encryption

    @Test("Each of several recipients opens what is encrypted", arguments: ["alice-rsa2048", "bob-rsa2048"])
    func recipients(_ name: String) throws {
        defer { program.remove() }
        let encrypted = try message(
            "encrypt",
            Self.envelope,
            ["--certificate", key("alice-rsa2048.crt.pem"), "--recipient", key("bob-rsa2048.crt.pem")]
        )
        #expect(encrypted.status == 0 && !encrypted.output.contains(">7<"), "\(encrypted.diagnosis)")
        let own = ["--key", key("\(name).key.pem"), "--certificate", key("\(name).crt.pem")]
        let opened = try message("decrypt", encrypted.output, own)
        #expect(opened.status == 0 && opened.output.contains(">7<"), "\(opened.diagnosis)")
    }

    @Test(
        "The wrapped key stands where it is wanted",
        arguments: ["header", "separateReferenceList", "encryptedData"]
    )
    func placement(_ placement: String) throws {
        defer { program.remove() }
        let options = ["--recipient", key("bob-rsa2048.crt.pem"), "--key-placement", placement]
        let path = ["--whole", "/Envelope/Body/{urn:m}Order"]
        let encrypted = try message("encrypt", Self.envelope, options + path).output
        #expect(encrypted.contains("xmlenc#Element") && !encrypted.contains("urn:m\">7"))
        let own = ["--key", key("bob-rsa2048.key.pem"), "--certificate", key("bob-rsa2048.crt.pem")]
        let opened = try message("decrypt", encrypted, own + ["--part", "/Envelope/Body/{urn:m}Order"])
        #expect(opened.status == 0 && opened.output.contains(">7<"), "\(opened.diagnosis)")
    }

    @Test("A key is agreed on with a recipient on a curve")
    func agreement() throws {
        defer { program.remove() }
        let options = ["--recipient", key("alice-p256.crt.pem"), "--key-transport", "ecdh-es"]
        let encrypted = try message("encrypt", Self.envelope, options)
        #expect(encrypted.output.contains("AgreementMethod"), "\(encrypted.diagnosis)")
        let own = ["--key", key("alice-p256.key.pem"), "--certificate", key("alice-p256.crt.pem")]
        #expect(try message("decrypt", encrypted.output, own).output.contains(">7<"))
    }
}
