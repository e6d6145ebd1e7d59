import Cryptography
import FoundationEssentials
import TestSupport
import Testing
import WSSecurity
import XML
import XMLSignature

@Suite("A message that does not verify is told why, by a change that reproduces what was signed")
struct MessageDiagnosisTests {
    /// A change of a signed message, and the cause that must be found.
    struct Change: Sendable, CustomTestStringConvertible {
        let cause: ChangeCause
        let body: String
        let change: @Sendable (String) -> String

        var testDescription: String { cause.rawValue }
    }

    private static let plain = "<m:Order xmlns:m=\"urn:m\"><m:a>1</m:a><m:b>2</m:b></m:Order>"

    private static func envelope(_ body: String) -> [UInt8] {
        Array(
            "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>\(body)</s:Body></s:Envelope>"
                .utf8
        )
    }

    static let changes = [
        Change(cause: .whiteSpaceAdded, body: plain) {
            $0.replacing("<m:a>", with: "\n      <m:a>").replacing("</m:Order>", with: "\n    </m:Order>")
        },
        Change(
            cause: .whiteSpaceRemoved,
            body: "\n    <m:Order xmlns:m=\"urn:m\">\n      <m:a>1</m:a>\n    </m:Order>\n  "
        ) {
            $0.replacing("\n    <m", with: "<m").replacing("\n      <m", with: "<m").replacing("\n    </m", with: "</m")
                .replacing("\n  </s:Body", with: "</s:Body")
        },
        Change(cause: .valuesPadded, body: plain) { $0.replacing("<m:a>1<", with: "<m:a>\n  1\n<") },
        Change(cause: .lineEndsChanged, body: plain.replacing("1", with: "1&#13;\n2")) {
            $0.replacing("&#13;", with: "")
        },
        Change(cause: .attributeAdded, body: plain) { $0.replacing("<s:Body", with: "<s:Body checked=\"yes\"") },
        Change(cause: .textReencoded, body: plain.replacing("1", with: "M\u{FC}ller")) {
            $0.replacing("\u{FC}", with: "\u{C3}\u{BC}")
        },
    ]

    @Test("Each usual change is found and undone", arguments: changes)
    func change(_ change: Change) throws {
        let signed = try Fixtures.signed(Self.envelope(change.body))
        #expect(try diagnosis(signed).refusal == nil)
        let diagnosis = try diagnosis(change.change(signed))
        let signature = try #require(diagnosis.signatures.first)
        #expect(!signature.verifiedBy.isEmpty, "SignedInfo was not touched")
        let reference = try #require(signature.references.first { !$0.isSound })
        #expect(reference.target == "body" && reference.explanation?.cause == change.cause)
        #expect(reference.difference != nil && reference.receivedForm != reference.signedForm)
        let refusal = try #require(diagnosis.refusal)
        #expect(refusal.code == .failedCheck && refusal.text == change.cause.text && refusal.remedy != nil)
    }

    @Test("What no usual change explains is said to be changed, not explained")
    func unexplained() throws {
        let diagnosis = try diagnosis(Fixtures.signed().replacing("M\u{FC}ller", with: "Mill"))
        let reference = try #require(diagnosis.signatures.first?.references.first { !$0.isSound })
        #expect(reference.explanation == nil && reference.difference == nil)
        #expect(diagnosis.refusal?.text.hasPrefix("body was changed after it was signed") == true)
    }

    @Test("With the original at hand, the first difference is named and both forms are there")
    func original() throws {
        let signed = try Fixtures.signed()
        let changed = signed.replacing("number='7'", with: "number='8'")
        let diagnosis = try diagnosis(changed, original: signed)
        let reference = try #require(diagnosis.signatures.first?.references.first { !$0.isSound })
        #expect(reference.originalMatches == true)
        #expect(reference.element?.path == "Body/Order[1]/@number" && reference.element?.kind == .value)
        #expect(reference.difference?.received.contains(">>8\"") == true)
        #expect(reference.signedForm.map { String(decoding: $0, as: UTF8.self) }?.contains("number=\"7\"") == true)
    }

    @Test("A form that signs one element and names another is told as such")
    func otherElement() throws {
        let signed = try Fixtures.signed(parts: [.body])
        let id = try #require(signed.firstMatch(of: /<soap:Body [^>]*Id="([^"]+)"/)?.output.1)
        let message = signed.replacing("URI=\"#\(id)\"", with: "URI=\"#other\"")
            .replacing("<wsa:MessageID", with: "<wsa:MessageID Id=\"other\"")
        let reference = try #require(try diagnosis(message).signatures.first?.references.first)
        #expect(reference.explanation?.cause == .otherElement)
        #expect(reference.explanation?.detail?.hasPrefix("soap:Body on line") == true)
    }

    @Test("A formatted ds:SignedInfo is told by the signature value that fits when it is undone")
    func formattedSignedInfo() throws {
        let message = try Fixtures.signed().replacing("<ds:Reference ", with: "\n  <ds:Reference ")
        let signature = try #require(try diagnosis(message).signatures.first)
        #expect(signature.verifiedBy.isEmpty && signature.explanation?.cause == .whiteSpaceAdded)
    }

    @Test("A signature by another hash than the one that is named is told")
    func otherHash() throws {
        let signed = try Fixtures.signed()
        let document = try XMLDocument(scanning: Array(signed.utf8))
        let info = try #require(
            document.descendants(of: document.root)
                .first { document.isNamed($0, "SignedInfo", in: XMLSignatureNamespace.signature) }
        )
        let value = try Fixtures.sender.get().key
            .sign(document.canonicalOctets(of: info, by: .exclusive), by: .rsaPKCS1(.sha512))
        let old = try #require(signed.firstMatch(of: /<ds:SignatureValue>([^<]+)</)?.output.1)
        let diagnosis = try diagnosis(signed.replacing(old, with: Base64.encode(value)))
        #expect(diagnosis.signatures.first?.explanation?.cause == .otherHash)
        #expect(diagnosis.refusal?.evidence.first?.contains("SHA-512") == true)
    }

    @Test("A namespace declared by a step on the way breaks inclusive C14N, and is named")
    func declaredOnTheWay() throws {
        let message = String(decoding: try Vectors.octets("generated/wss4j/sign-c14n-inclusive.xml"), as: UTF8.self)
        #expect(try diagnosis(message, known: []).signatures.first?.isSound == true)
        let changed = message.replacing("<soapenv:Envelope ", with: "<soapenv:Envelope xmlns:added=\"urn:added\" ")
        let signature = try #require(try diagnosis(changed, known: []).signatures.first)
        #expect(signature.explanation?.cause == .namespacesChanged)
        #expect(signature.explanation?.detail == "xmlns:added was declared")
        #expect(signature.references.allSatisfy { $0.isSound || $0.explanation?.cause == .namespacesChanged })
    }

    @Test("A reference that names another canonicalization than was used is told")
    func otherCanonicalization() throws {
        let signed = try Fixtures.signed(parts: [.body])
        let document = try XMLDocument(scanning: Array(signed.utf8))
        let body = try #require(document.firstElement("Body", in: SOAPVersion.soap11.namespace, of: document.root))
        let digest = Base64.encode(
            DigestAlgorithm.sha256.digest(of: document.canonicalOctets(of: body, by: .exclusive))
        )
        let old = try #require(signed.firstMatch(of: /<ds:DigestValue>([^<]+)</)?.output.1)
        let reference = try #require(
            try diagnosis(signed.replacing(old, with: digest)).signatures.first?.references.first
        )
        #expect(reference.explanation?.cause == .otherCanonicalization)
        #expect(reference.explanation?.detail == "without its ec:InclusiveNamespaces")
    }

    @Test("A key that is none of those given, or another version of the one named, is told")
    func keys() throws {
        let signed = try Fixtures.protected(
            Fixtures.envelope(),
            SignatureSettings(keyReference: .issuerSerial),
            nil
        )
        let text = String(decoding: signed, as: UTF8.self)
        let receiver = KnownCertificate(name: "receiver.pem", certificate: try Fixtures.receiver.get().certificate)
        #expect(try diagnosis(text, known: []).refusal?.code == .securityTokenUnavailable)
        let foreign = try #require(try diagnosis(text, known: [receiver]).refusal)
        #expect(foreign.code == .securityTokenUnavailable && foreign.evidence.contains { $0.contains("receiver.pem") })
        // The key of the named certificate in another one: renewed, the key kept.
        let renewed = try Certificate.selfSigned(
            key: Fixtures.sender.get().key,
            subject: "CN=renewed",
            notBefore: Fixtures.now,
            notAfter: Fixtures.now.addingTimeInterval(60)
        )
        let other = try #require(
            try diagnosis(text, known: [KnownCertificate(name: "sender 2 (staged)", certificate: renewed)]).refusal
        )
        #expect(other.code == .securityTokenUnavailable)
        #expect(other.text.contains("wrong certificate version") && other.text.contains("sender 2 (staged)"))
    }

    @Test("Clocks are told by how much")
    func clocks() throws {
        let signed = try Fixtures.signed()
        let late = try diagnosis(signed, at: Fixtures.now.addingTimeInterval(3 * 3600))
        #expect(late.refusal?.code == .messageExpired)
        #expect(late.refusal?.text == "the timestamp expired 2 h 55 min before that moment")
        let early = try diagnosis(signed, at: Fixtures.now.addingTimeInterval(-300))
        #expect(early.refusal?.text == "the timestamp lies 5 min 0 s in the future")
    }

    @Test(
        "What is signed but stands elsewhere is told as signature wrapping",
        arguments: ["xsw01-body-in-header-wrapper", "xsw11-timestamp-wrapped"]
    )
    func wrapped(_ attack: String) throws {
        let message = String(decoding: try Vectors.octets("attacks/\(attack).xml"), as: UTF8.self)
        let diagnosis = try MessageDiagnosis(
            of: Array(message.utf8),
            at: ForeignMessageTests.receivedAt,
            isMomentAsked: true
        )
        #expect(diagnosis.signatures.allSatisfy { $0.isSound }, "the signature itself is valid: that is the attack")
        let refusal = try #require(diagnosis.refusal)
        #expect(refusal.code == .invalidSecurity && refusal.text.contains("is not the message's own"))
        #expect(refusal.remedy?.contains("signature wrapping") == true)
        #expect(diagnosis.findings.contains { $0.code == nil && $0.text.hasPrefix("not covered by any signature: ") })
    }

    @Test("What cannot be computed has the fault code of its cause")
    func obstacles() throws {
        for (attack, code) in [
            ("sig07-sigalg-rsa-md5", SecurityFault.Code.unsupportedAlgorithm),
            ("ref06-many-references", .invalidSecurity),
            ("ref02-external-file", .failedCheck), ("str01-duplicate-bst-id", .invalidSecurity),
        ] {
            let message = try Vectors.octets("attacks/\(attack).xml")
            let moment = ForeignMessageTests.receivedAt
            let diagnosis = try MessageDiagnosis(of: message, at: moment, isMomentAsked: true)
            #expect(diagnosis.refusal?.code == code, "\(attack)")
        }
    }

    @Test("What is encrypted is opened with the right key before it is judged")
    func opened() throws {
        let message = String(decoding: try Fixtures.protected(), as: UTF8.self)
        let closed = try diagnosis(message)
        #expect(closed.refusal == nil && closed.findings.contains { $0.text.contains("cannot be judged") })
        let opened = try diagnosis(message, decrypting: [Fixtures.receiver.get().decryption])
        #expect(opened.signatures.first?.isSound == true)
    }

    @Test("Cut Base64 and cut certificates are told")
    func truncated() throws {
        let signed = try Fixtures.signed()
        let token = try #require(signed.firstMatch(of: /X509v3"[^>]*>([^<]+)</)?.output.1)
        let cut = try diagnosis(signed.replacing(token, with: token.dropLast(40)))
        #expect(cut.findings.contains { $0.code == .invalidSecurityToken && $0.text.contains("DER announces") })
        let value = try #require(signed.firstMatch(of: /<ds:SignatureValue>([^<]+)</)?.output.1)
        let short = try diagnosis(signed.replacing(value, with: value.dropLast(3)))
        #expect(short.findings.contains { $0.text.contains("no multiple of four") })
    }

    @Test("Messages of other stacks are found sound", arguments: try ForeignMessageTests.files.get())
    func foreign(_ file: String) throws {
        let message = try Vectors.octets("generated/" + file)
        let known = try ["alice-rsa2048", "alice-p256", "alice-rsa3072"]
            .map { try KnownCertificate(name: $0, certificate: Fixtures.Pair.vector($0).certificate) }
        let keys = try ["bob-rsa2048", "bob-rsa3072"].map { try Fixtures.Pair.vector($0).decryption }
        let diagnosis: MessageDiagnosis
        do {
            diagnosis = try MessageDiagnosis(
                of: message,
                at: ForeignMessageTests.receivedAt,
                isMomentAsked: true,
                known: known,
                decrypting: keys
            )
        } catch {
            // WSS4J encrypts Body itself when it is told to: no envelope any more.
            return #expect(file == "wss4j/enc-element-body.xml")
        }
        for signature in diagnosis.signatures where signature.obstacle == nil {
            #expect(signature.isSound, "\(file): \(diagnosis.findings)")
        }
    }

    private func diagnosis(
        _ message: String,
        at moment: Date = Fixtures.now,
        known: [KnownCertificate]? = nil,
        decrypting: [DecryptionKey] = [],
        original: String? = nil
    ) throws -> MessageDiagnosis {
        let own = KnownCertificate(name: "sender.pem", certificate: try Fixtures.sender.get().certificate)
        return try MessageDiagnosis(
            of: Array(message.utf8),
            at: moment,
            isMomentAsked: true,
            known: known ?? [own],
            decrypting: decrypting,
            original: original.map { Array($0.utf8) }
        )
    }
}
