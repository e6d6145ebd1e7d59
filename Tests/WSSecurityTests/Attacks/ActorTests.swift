import Testing
import WSSecurity

@Suite("Only the Security header that is for us is processed; no other passes for it")
struct ActorTests {
    private static let other = "http://example.org/other"
    private static let next = "http://schemas.xmlsoap.org/soap/actor/next"

    private static func targeted(_ actor: String) throws -> String {
        try Specimen().text
            .replacing(" soap:mustUnderstand=\"1\"", with: " soap:mustUnderstand=\"1\" soap:actor=\"\(actor)\"")
    }

    @Test("a header for another actor does not protect us", arguments: [other, next, " ", "urn:x"])
    func foreign(_ actor: String) throws {
        let message = try Self.targeted(actor)
        #expect(try Fixtures.fault(of: message, Specimen.policy)?.code == .invalidSecurity)
        var policy = Specimen.policy
        policy.actor = actor
        #expect(try Fixtures.fault(of: message, policy) == nil)
        policy.actor = "urn:another"
        #expect(try Fixtures.fault(of: message, policy)?.code == .invalidSecurity)
    }

    @Test("a header without actor does not protect a receiver that acts for one")
    func ultimate() throws {
        var policy = Specimen.policy
        policy.actor = Self.other
        #expect(try Fixtures.fault(of: Specimen().text, policy)?.code == .invalidSecurity)
    }

    @Test("an actor in another namespace, or none, is not the attribute of SOAP")
    func attribute() throws {
        let message = try Specimen().text
        for name in ["actor", "wsse:actor", "soap:role", "soap:Actor"] {
            let changed = message.replacing(
                " soap:mustUnderstand=\"1\"",
                with: " soap:mustUnderstand=\"1\" \(name)=\"urn:x\""
            )
            #expect(try Fixtures.fault(of: changed, Specimen.policy) == nil, "\(name)")
        }
    }

    @Test("two headers for one actor, ours or another's, in every way to write none")
    func twice() throws {
        let message = try Specimen().text
        let ultimate = "http://www.w3.org/2003/05/soap-envelope/role/ultimateReceiver"
        for pair in [
            ["", ""], ["", " soap:actor=\"\""], [" soap:actor=\"u\"", " soap:actor=\"&#117;\""],
            ["", " soap:actor=\"\(ultimate)\""],
        ] {
            let headers = pair.map { "<wsse:Security\($0)/>" }
            let changed = message.inserting(headers[pair[0].isEmpty ? 1 : 0], before: "</soap:Header>")
            let twice = pair[0].isEmpty ? changed : changed.inserting(headers[1], before: "</soap:Header>")
            #expect(try Fixtures.fault(of: twice, Specimen.policy)?.code == .invalidSecurity, "\(pair)")
        }
    }

    @Test("what is forwarded lacks our header and keeps the others, which were not checked, as they are")
    func forwarded() throws {
        let foreign =
            "<wsse:Security soap:actor=\"\(Self.other)\" soap:mustUnderstand=\"1\"><ds:Signature/></wsse:Security>"
        let message = try Specimen().text.inserting(foreign, before: "</soap:Header>")
        let result = try Fixtures.process(Array(message.utf8), Specimen.policy)
        let envelope = String(decoding: result.envelope, as: UTF8.self)
        #expect(envelope.contains(foreign))
        #expect(envelope.ranges(of: "<wsse:Security").count == 1)
        #expect(result.signatures.count == 1 && Set(result.signatures[0].parts) == Set(Specimen.parts))
    }

    @Test("an unknown element in our header is refused, with mustUnderstand and without")
    func unknown() throws {
        for element in [
            "<x xmlns='urn:x'/>", "<x xmlns='urn:x' soap:mustUnderstand='0'/>", "<wsse:Security/>", "<soap:Body/>",
        ] {
            let changed = try Specimen().text.inserting(element, before: "</wsse:Security>")
            #expect(try Fixtures.fault(of: changed, Specimen.policy)?.code == .unsupportedSecurityToken)
        }
    }
}
