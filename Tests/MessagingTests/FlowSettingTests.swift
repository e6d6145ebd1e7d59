import Keystore
import Messaging
import Testing
import WSSecurity

@Suite struct FlowSettingTests {
    private static func flow(
        request: String = "{}",
        policy: String = "{}",
        url: String = "https://receiver.example/orders"
    ) throws(FlowError) -> IntegrationFlow {
        try IntegrationFlow(
            yaml: """
                id: orders
                pattern: requestReply
                sender:
                  partner: sender-one
                  path: /in/orders
                  request: \(policy)
                  response: \(request)
                receiver:
                  partner: receiver-one
                  url: \(url)
                  request: \(request)
                  response: \(policy)
                """,
            file: "orders.yaml"
        )
    }

    @Test func `What is not said is safe`() throws {
        let flow = try Self.flow(request: "{sign: a, encrypt: b}", policy: "{verify: a, decrypt: b}")
        let request = flow.receiver.request
        #expect(request.signature == SignatureSettings())
        #expect(request.signature.algorithm == .sha256)
        #expect(request.encryption == EncryptionSettings())
        #expect(request.layout == .strict && request.order == .signThenEncrypt)
        #expect(request.timestampLifetime == .seconds(300) && request.user == nil)
        let demands = flow.sender.request.demands
        #expect(demands.digestAlgorithms == [.sha256, .sha384, .sha512])
        #expect(demands.encryptionAlgorithms == EncryptionMethod.recommended)
        #expect(demands.requiresTimestamp && demands.layout == nil && !demands.allowsForeignIdentifiers)
    }

    @Test func `A channel signs as its settings say`() throws {
        let settings = """
            {sign: a, digest: sha512, signatureScheme: pss, canonicalization: inclusive, keyReference: thumbprint, \
            includeToken: always, strTransform: true, basicSecurityProfile: false, layout: lax, \
            signed: [body, signatureToken, "/Envelope/Body/{urn:o}Order"]}
            """
        let signature = try Self.flow(request: settings).receiver.request.signature
        #expect(signature.algorithm == .sha512 && signature.digest == .sha512)
        #expect(signature.scheme == .pss && signature.canonicalization == .inclusive)
        #expect(signature.keyReference == .thumbprint && signature.includesToken == true && signature.usesSTRTransform)
        let path = try #require(ElementPath("/Envelope/Body/{urn:o}Order"))
        #expect(signature.parts == [.body, .signatureToken, .element(path)])
        #expect(try Self.flow(request: settings).receiver.request.layout == .lax)
    }

    @Test(
        "The certificate travels with the messages that the strategy names",
        arguments: [
            ("never", false, false), ("always", true, true), ("alwaysToRecipient", true, false),
            ("alwaysToInitiator", false, true),
        ]
    )
    func inclusion(strategy: String, inRequest: Bool, inResponse: Bool) throws {
        let flow = try Self.flow(request: "{sign: a, includeToken: \(strategy)}")
        let request = flow.receiver.request.signature
        let response = try #require(flow.sender.response?.signature)
        #expect(request.includesToken == inRequest && response.includesToken == inResponse)
        #expect(request.keyReference == (inRequest ? .binarySecurityToken : .issuerSerial))
        #expect(response.keyReference == (inResponse ? .binarySecurityToken : .issuerSerial))
    }

    @Test func `A channel encrypts as its settings say`() throws {
        let settings = """
            {encrypt: b, encrypted: [body, "{urn:h}Head"], encryptedWhole: ["/Envelope/Header/{urn:h}Card/{urn:h}Number"], \
            encryption: aes128-gcm, keyTransport: rsa-oaep-sha256, keyPlacement: separateReferenceList}
            """
        let encryption = try Self.flow(request: settings).receiver.request.encryption
        #expect(encryption.parts == [.body, .header(namespace: "urn:h", localName: "Head")])
        #expect(encryption.wholeParts.count == 1 && encryption.keyPlacement == .separateReferenceList)
        #expect(encryption.algorithm == .aes128GCM)
    }

    @Test(
        "A suite decides hash, cipher and key transport, of what is sent and of what is taken",
        arguments: [
            ("basic256Sha256", DigestAlgorithm.sha256, EncryptionMethod.aes256CBC), ("basic128", .sha1, .aes128CBC),
            ("basic256GcmSha256", .sha256, .aes256GCM), ("basic192Sha256Rsa15", .sha256, .aes192CBC),
        ]
    )
    func suites(name: String, digest: DigestAlgorithm, cipher: EncryptionMethod) throws {
        let flow = try Self.flow(
            request: "{sign: a, encrypt: b, algorithmSuite: \(name)}",
            policy: "{verify: a, decrypt: b, algorithmSuite: \(name)}"
        )
        #expect(flow.receiver.request.signature.digest == digest)
        #expect(flow.receiver.request.encryption.algorithm == cipher)
        let demands = flow.sender.request.demands
        #expect(demands.digestAlgorithms == [digest] && demands.encryptionAlgorithms == [cipher])
        #expect(demands.signatureAlgorithms.contains(.rsaSHA1) == (digest == .sha1))
        let isOld = name.hasSuffix("Rsa15")
        #expect(demands.keyTransports == [isOld ? .rsa15 : .rsaOAEPMGF1P(digest: .sha1)])
        #expect(flow.receiver.request.encryption.keyTransport == demands.keyTransports.first)
    }

    @Test func `A user's token is a digest unless told otherwise, and encrypted where the message is`() throws {
        let plain = try Self.flow(request: "{usernameToken: {credential: orders-user}}").receiver.request
        let user = try #require(plain.user)
        #expect(user.credential == "orders-user" && user.password == .digest && user.hasNonce && user.hasCreated)
        let settings = "{encrypt: b, usernameToken: {credential: u, password: text, nonce: false, created: false}}"
        let hidden = try Self.flow(request: settings, url: "http://receiver.example/orders").receiver.request
        #expect(hidden.encryption.wholeParts == [.usernameToken])
        #expect(hidden.user?.password == .text && hidden.user?.hasNonce == false)
    }

    @Test func `Timestamps are left out or demanded apart from the signature`() throws {
        let flow = try Self.flow(
            request: "{sign: a, timestamp: false}",
            policy: "{verify: a, checkTimestamp: false, maximumSize: 2, layout: strict, basicSecurityProfile: false}"
        )
        #expect(flow.receiver.request.timestampLifetime == nil)
        #expect(flow.receiver.request.signature.parts == [.body])
        let demands = flow.sender.request.demands
        #expect(demands.signed == [.body] && !demands.requiresTimestamp)
        #expect(flow.sender.request.octetLimit == 2_097_152 && demands.layout == .strict)
        #expect(demands.allowsForeignIdentifiers)
        #expect(try Self.flow(policy: "{checkTimestamp: true}").sender.request.demands.requiresTimestamp)
    }

    @Test(
        "Settings that contradict one another or have no effect are named with their mend",
        arguments: [
            ("{sign: a, algorithmSuite: basic256, digest: sha256}", "digest"),
            ("{encrypt: a, algorithmSuite: basic256, encryption: aes256-gcm}", "encryption"),
            ("{algorithmSuite: basic256}", "algorithmSuite"),
            ("{sign: a, includeToken: never, keyReference: binarySecurityToken}", "keyReference"),
            ("{sign: a, keyReference: keyValue}", "keyReference"),
            ("{sign: a, canonicalization: inclusive}", "canonicalization"),
            ("{encrypt: a, keyPlacement: encryptedData}", "keyPlacement"),
            ("{encrypt: a, keyPlacement: nowhere}", "keyPlacement"),
            ("{encrypt: a, encryptedWhole: [body]}", "encryptedWhole"),
            ("{encrypt: a, encrypted: [timestamp]}", "encrypted"),
            ("{encrypt: a, encrypted: [usernameToken]}", "encrypted"),
            ("{signatureScheme: pss}", "signatureScheme"),
            ("{keyPlacement: header}", "keyPlacement"),
            ("{sign: a, timestamp: false, timestampLifetime: 5}", "timestampLifetime"),
            ("{sign: a, timestamp: false, signed: [body, timestamp]}", "signed"),
            ("{sign: a, timestamp: maybe}", "timestamp"),
            ("{sign: a, signed: [signature]}", "signed"),
            ("{sign: a, signed: [usernameToken]}", "signed"),
            ("{sign: a, signed: [samlAssertion]}", "signed"),
            ("{sign: a, layout: loose}", "layout"),
            ("{sign: a, basicProfile: true}", "basicProfile"),
            ("{sign: a, signed: [signatureConfirmation]}", "signed"), ("{endorse: [b]}", "endorse"),
            ("{sign: a, endorsed: [signature]}", "endorsed"), ("{sign: a, endorse: [b, b]}", "endorse"),
            ("{sign: a, endorse: [b, c, d, e]}", "endorse"), ("{confirmSignatures: true}", "confirmSignatures"),
            ("{sign: a, endorse: [b], endorsementKeyReference: keyName}", "endorsementKeyReference"),
            ("{sign: a, endorsementKeyReference: thumbprint}", "endorsementKeyReference"),
            ("{sign: a, samlAssertion: {}}", "samlAssertion.credential"),
            ("{sign: a, samlAssertion: {forward: true}}", "samlAssertion.forward"),
            ("{sign: a, samlAssertion: {credential: c, forward: true}}", "samlAssertion.forward"),
            ("{usernameToken: {user: u}}", "usernameToken.credential"),
            ("{usernameToken: {credential: u, nonce: false}}", "usernameToken.nonce"),
            ("{usernameToken: {credential: u, password: hashed}}", "usernameToken.password"),
        ]
    )
    func contradictions(settings: String, key: String) throws {
        do {
            _ = try Self.flow(request: settings)
            Issue.record("accepted: \(settings)")
        } catch {
            #expect(error.key == "sender.response." + key && error.line == 7, "\(error)")
            #expect(!error.mend.isEmpty)
        }
    }

    @Test(
        "Demands that contradict one another are named with their mend",
        arguments: [
            ("{verify: a, algorithmSuite: basic256, digestAlgorithms: sha1}", "digestAlgorithms"),
            ("{verify: a, signed: [body, timestamp], checkTimestamp: false}", "checkTimestamp"),
            ("{maximumSize: 0}", "maximumSize"), ("{maximumSize: 1025}", "maximumSize"),
            ("{keyTransports: rsa}", "keyTransports"), ("{layout: loose}", "layout"),
            ("{endorse: [b]}", "endorse"), ("{verify: a, endorsed: [signature]}", "endorsed"),
            ("{verify: a, endorse: [a]}", "endorse"), ("{verify: a, confirmSignatures: true}", "confirmSignatures"),
            ("{samlAssertion: {}}", "samlAssertion.confirmation"),
            ("{samlAssertion: {confirmation: senderVouches}}", "samlAssertion.confirmation"),
            ("{samlAssertion: {confirmation: holderOfKey}}", "samlAssertion.issuers"),
            ("{samlAssertion: {confirmation: bearer, issuers: [i]}}", "samlAssertion.audiences"),
            ("{usernameToken: {}}", "usernameToken.credentials"),
            ("{usernameToken: {credentials: [u], nonce: false}}", "usernameToken.nonce"),
            ("{usernameToken: {credentials: [u], password: hashed}}", "usernameToken.password"),
        ]
    )
    func contradictingDemands(settings: String, key: String) throws {
        do {
            _ = try Self.flow(policy: settings)
            Issue.record("accepted: \(settings)")
        } catch {
            #expect(error.key == "sender.request." + key && error.line == 6, "\(error)")
            #expect(!error.mend.isEmpty)
        }
    }

    @Test func `Messages are saved where they come from senders`() throws {
        let yaml = try Self.flow(policy: "{verify: a}").yaml
        let saving = yaml.replacing("  request: {verify: a}", with: "  request: {verify: a, saveIncoming: true}")
        #expect(try IntegrationFlow(yaml: saving).sender.request.savesIncoming)
        do {
            _ = try IntegrationFlow(
                yaml: yaml.replacing("response: {verify: a}", with: "response: {saveIncoming: true}")
            )
            Issue.record("accepted")
        } catch {
            #expect(error.key == "receiver.response.saveIncoming", "\(error)")
        }
    }

    @Test func `What supports a signature is signed, and where-used knows who endorses and who issues`() throws {
        let flow = try Self.flow(
            request: "{sign: a, endorse: [b], endorsementKeyReference: thumbprint, samlAssertion: {credential: c}}",
            policy:
                "{verify: a, endorse: [b], samlAssertion: {confirmation: bearer, issuers: [i], audiences: [urn:us]}}"
        )
        let request = flow.receiver.request
        #expect(request.signature.parts == [.body, .timestamp, .samlAssertion])
        #expect(request.endorsement.parts == [.signature] && request.endorsement.keyReference == .thumbprint)
        #expect(request.endorsement.digest == .sha256 && request.assertion == .configured("c"))
        #expect(flow.sender.request.endorsed == [.signature])
        #expect(flow.assertions == ["c", "c"])
        let verified = flow.uses.filter { $0.purpose == .verify && $0.side == .sender }.map(\.alias.rawValue)
        #expect(verified == ["a", "b", "i"])
        #expect(flow.uses.filter { $0.purpose == .sign && $0.side == .receiver }.map(\.alias.rawValue) == ["a", "b"])
        let subject = "{signed: [body], samlAssertion: {confirmation: holderOfKey, issuers: [i]}}"
        let demands = try Self.flow(policy: subject).sender.request.demands
        #expect(demands.signed == [.body] && demands.assertion?.confirmation == .holderOfKey)
    }

    @Test(
        "An assertion is forwarded where it comes from, can be used and nobody else can take it",
        arguments: [
            ("{}", "{sign: a, samlAssertion: {forward: true}}", "receiver.request"),
            (
                "{signed: [body], samlAssertion: {confirmation: holderOfKey, issuers: [i]}}",
                "{sign: a, samlAssertion: {forward: true}}", "receiver.request"
            ),
            ("{}", "{samlAssertion: {credential: c}}", "receiver.url"),
            ("{}", "{encrypt: b, samlAssertion: {credential: c}}", "receiver.url"),
            ("{}", "{encrypt: b, encrypted: [body, samlAssertion], samlAssertion: {credential: c}}", nil),
            (
                "{verify: a, samlAssertion: {confirmation: senderVouches}}",
                "{sign: a, samlAssertion: {forward: true}}", nil
            ),
        ] as [(String, String, String?)]
    )
    func assertions(policy: String, request: String, key: String?) throws {
        let text = """
            id: orders
            pattern: requestReply
            sender: {partner: p, path: /in, request: \(policy), response: {}}
            receiver: {partner: q, url: "http://receiver.example/", request: \(request), response: {}}
            """
        do {
            _ = try IntegrationFlow(yaml: text)
            #expect(key == nil)
            let oneWay = text.replacing("requestReply", with: "oneWay").replacing(", response: {}", with: "")
            guard request.contains("forward") else { return }
            #expect(throws: FlowError.self) { try IntegrationFlow(yaml: oneWay) }
        } catch {
            #expect(error.key == key, "\(error)")
        }
    }

    @Test func `A password is not sent in the clear`() throws {
        let settings = "{sign: a, usernameToken: {credential: u, password: text}}"
        #expect(try Self.flow(request: settings).receiver.request.user?.password == .text)
        do {
            _ = try Self.flow(request: settings, url: "http://receiver.example/orders")
            Issue.record("accepted")
        } catch {
            #expect(error.key == "receiver.url" && error.cause.contains("in the clear"), "\(error)")
        }
    }
}
