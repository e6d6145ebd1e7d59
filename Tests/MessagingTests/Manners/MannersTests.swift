import Cryptography
import Foundation
import Keystore
import Messaging
import Testing
import WSSecurity

@Suite struct MannersTests {
    private static let mine = "http://tenant.example/wss"
    private static let next = "http://schemas.xmlsoap.org/soap/actor/next"
    private static let next12 = "http://www.w3.org/2003/05/soap-envelope/role/next"

    private static func send(
        _ body: [UInt8],
        _ type: String = "text/xml",
        action: String? = nil,
        to world: World
    ) async -> InboundReply {
        let headers = [("Content-Type", type)] + (action.map { [("SOAPAction", $0)] } ?? [])
        let reply = await world.runtime.handle(path: "/in/raw", headers: headers, body: Payload(body))
        reply.exchange?.end()
        return reply
    }

    /// Runs `body` with a flow of these settings.
    private static func run(
        soap: String = "1.1",
        sender: String = "",
        demands: String = "",
        request: String = "",
        receiver settings: String = "",
        _ body: @Sendable (World, RawReceiver) async throws -> Void
    ) async throws {
        try await World.run { world in
            try await RawReceiver.run { receiver in
                let flow = try PackageFixtures.flow(
                    url: receiver.url,
                    soap: soap,
                    sender: sender,
                    request: request,
                    demands: demands,
                    receiver: settings
                )
                try await world.runtime.deploy(flow)
                try await body(world, receiver)
            }
        }
    }

    @Test func `The action goes on in the form of its version`() async throws {
        try await Self.run { world, receiver in
            #expect(await Self.send(Fixtures.order("one"), action: "\"urn:place\"", to: world).status == 200)
            #expect(await Self.send(Fixtures.order("two"), to: world).status == 200)
            #expect(receiver.arrivals.map { $0.headers["soapaction"] } == ["\"urn:place\"", "\"\""])
            #expect(receiver.arrivals.allSatisfy { $0.headers["content-type"] == "text/xml; charset=utf-8" })
        }
        try await Self.run(soap: "1.2") { world, receiver in
            let answer = Fixtures.envelope("<m:Done xmlns:m='urn:m'/>", version: .soap12)
            receiver.set(RawReceiver.Answer(headers: ["content-type": "application/soap+xml"], body: answer))
            let type = "application/soap+xml; charset=\"utf-8\"; action=\"urn:place;x\""
            let reply = await Self.send(Fixtures.order("one", version: .soap12), type, to: world)
            #expect(reply.status == 200 && reply.contentType == "application/soap+xml; charset=utf-8")
            let arrival = try #require(receiver.arrivals.first)
            #expect(arrival.headers["content-type"] == "application/soap+xml; charset=utf-8; action=\"urn:place;x\"")
            #expect(arrival.headers["soapaction"] == nil)
        }
    }

    @Test("A charset that nothing here reads is refused", arguments: [("iso-8859-1", 415), ("UTF-8", 200)])
    func charset(name: String, status: Int) async throws {
        try await Self.run { world, _ in
            #expect(await Self.send(Fixtures.order("one"), "text/xml; charset=\(name)", to: world).status == status)
        }
    }

    @Test func `Of several Security headers ours is processed and stripped, and the others go on untouched`()
        async throws
    {
        let foreign =
            #"<w:Security xmlns:w="\#(Fixtures.wsse)" s:actor="urn:other"><x:t xmlns:x="urn:x"/></w:Security>"#
        try await Self.run(
            demands: "verify: [sender-sign], actor: \"\(Self.mine)\"",
            request: "sign: tenant-sign, actor: \"urn:next-hop\""
        ) { world, receiver in
            let message = try world.signed(
                Fixtures.envelope("<m:a xmlns:m='urn:m'/>", header: foreign),
                actor: Self.mine
            )
            #expect(await Self.send(message, to: world).status == 200)
            let body = try #require(receiver.arrivals.first).body
            let text = String(decoding: body, as: UTF8.self)
            #expect(text.contains(foreign) && !text.contains(Self.mine) && text.contains(#"actor="urn:next-hop""#))
            _ = try world.openAsReceiver(body, actor: "urn:next-hop", isEncrypted: false)
            // A header for somebody else proves nothing here.
            let other = try world.signed(Fixtures.order("two"))
            #expect(await Self.send(other, to: world).status == 500)
        }
    }

    @Test("A block for us that must be understood and is not ends in a fault of its version", arguments: [true, false])
    func mustUnderstand(isNext: Bool) async throws {
        let old = "<x:t xmlns:x='urn:x' s:mustUnderstand='1' s:actor='\(isNext ? Self.next : Self.mine)'/>"
        try await Self.run(demands: "actor: \"\(Self.mine)\"") { world, receiver in
            let reply = await Self.send(Fixtures.envelope("<m:a xmlns:m='urn:m'/>", header: old), to: world)
            #expect(reply.status == 500)
            let fault = try SOAPEnvelope(reply.body).fault
            #expect(fault?.code == .mustUnderstand)
            #expect(receiver.arrivals.isEmpty && world.log.causes.last?.contains("{urn:x}t") == true)
        }
        let new = "<x:t xmlns:x='urn:x' s:mustUnderstand='true' s:role='\(isNext ? Self.next12 : Self.mine)'/>"
        try await Self.run(soap: "1.2", demands: "actor: \"\(Self.mine)\"") { world, receiver in
            let message = Fixtures.envelope("<m:a xmlns:m='urn:m'/>", header: new, version: .soap12)
            let reply = await Self.send(message, "application/soap+xml", to: world)
            #expect(reply.status == 500 && receiver.arrivals.isEmpty)
            let envelope = try SOAPEnvelope(reply.body)
            #expect(envelope.fault?.code == .mustUnderstand)
            #expect(envelope.headerBlocks.map(\.name.localName) == ["NotUnderstood"])
            #expect(String(decoding: reply.body, as: UTF8.self).contains(#"qname="sub:t" xmlns:sub="urn:x""#))
        }
    }

    @Test func `Blocks for the ultimate receiver or for others, and those that a flow lets pass, go on untouched`()
        async throws
    {
        let blocks = """
            <x:a xmlns:x='urn:x' s:mustUnderstand='1'/><x:b xmlns:x='urn:x' s:mustUnderstand='1' s:actor='urn:other'/>\
            <x:c xmlns:x='urn:x' s:actor='\(Self.next)'/>
            """
        try await Self.run { world, receiver in
            let message = Fixtures.envelope("<m:a xmlns:m='urn:m'/>", header: blocks)
            #expect(await Self.send(message, to: world).status == 200)
            #expect(receiver.arrivals.first?.body == message)
        }
        let demanding = "<x:c xmlns:x='urn:x' s:mustUnderstand='1' s:actor='\(Self.next)'/>"
        try await Self.run(sender: "mustUnderstand: forward") { world, receiver in
            let message = Fixtures.envelope("<m:a xmlns:m='urn:m'/>", header: demanding)
            #expect(await Self.send(message, to: world).status == 200)
            #expect(receiver.arrivals.first?.body == message)
        }
    }

    @Test(
        "Addressing headers of both versions are kept, and signed when asked",
        arguments: ["http://www.w3.org/2005/08/addressing", "http://schemas.xmlsoap.org/ws/2004/08/addressing"]
    )
    func addressing(namespace: String) async throws {
        let header =
            #"<a:To xmlns:a="\#(namespace)">urn:there</a:To><a:MessageID xmlns:a="\#(namespace)">urn:1</a:MessageID>"#
        let message = Fixtures.envelope("<m:a xmlns:m='urn:m'/>", header: header)
        #expect(try SOAPEnvelope(message).messageID == "urn:1")
        let parts = #"sign: tenant-sign, signed: [body, timestamp, "{\#(namespace)}To"]"#
        try await Self.run(request: parts) { world, receiver in
            #expect(await Self.send(message, to: world).status == 200)
            let body = try #require(receiver.arrivals.first).body
            #expect(String(decoding: body, as: UTF8.self).contains(">urn:1</a:MessageID>"))
            let opened = try world.openAsReceiver(body, isEncrypted: false)
            #expect(opened.signatures.first?.parts.contains(.header(namespace: namespace, localName: "To")) == true)
        }
    }

    @Test(
        "A proxy's error page becomes a fault, and the log names status, type and size",
        arguments: [200, 404, 500, 502]
    )
    func errorPage(status: Int) async throws {
        try await Self.run { world, receiver in
            let page = Array("<html>No such thing</html>".utf8)
            receiver.set(RawReceiver.Answer(status: status, headers: ["content-type": "text/html"], body: page))
            let reply = await Self.send(Fixtures.order("one"), to: world)
            #expect(reply.status == 503)
            let fault = try SOAPEnvelope(reply.body).fault
            #expect(fault?.code == .server)
            let reason = world.log.reasons.last ?? ""
            #expect(reason.contains("HTTP status \(status) and 26 octets of text/html"), "\(reason)")
            #expect(!String(decoding: reply.body, as: UTF8.self).contains("html"))
        }
    }

    @Test func `A WSDL is served with the flow's address where the flow says so, and nothing else is`() async throws {
        let wsdl = """
            <w:definitions xmlns:w="http://schemas.xmlsoap.org/wsdl/" xmlns:s="http://schemas.xmlsoap.org/wsdl/soap/">\
            <w:service name="o"><w:port name="p"><s:address location="http://inside.example/o?a=1&amp;b"/>\
            <a:EndpointReference xmlns:a="http://www.w3.org/2005/08/addressing"><a:Address>http://inside.example/</a:Address>\
            </a:EndpointReference></w:port><w:port name="q"><address xmlns="http://schemas.xmlsoap.org/wsdl/soap12/" \
            location='http://inside.example'/></w:port></w:service></w:definitions>
            """
        try await Self.run(sender: "wsdl: https://gateway.example") { world, receiver in
            receiver.set(RawReceiver.Answer(body: Array(wsdl.utf8)))
            let reply = try #require(await world.runtime.wsdl(path: "/in/raw", query: "wsdl"))
            let text = String(decoding: reply.body, as: UTF8.self)
            #expect(reply.status == 200 && !text.contains("inside"), "\(text)")
            #expect(text.components(separatedBy: "https://gateway.example/in/raw").count == 4)
            #expect(await world.runtime.wsdl(path: "/in/raw", query: "xsd=1") == nil)
            for answer in [
                RawReceiver.Answer(status: 302, headers: ["location": receiver.url]),
                RawReceiver.Answer(body: Array("<a/>".utf8)),
                RawReceiver.Answer(body: Array("<!DOCTYPE a><a/>".utf8)),
                RawReceiver.Answer(body: [UInt8](repeating: 0x20, count: 5 << 20)),
            ] {
                receiver.set(answer)
                #expect(await world.runtime.wsdl(path: "/in/raw", query: "wsdl")?.status == 502)
            }
        }
        try await Self.run { world, receiver in
            #expect(await world.runtime.wsdl(path: "/in/raw", query: "wsdl") == nil && receiver.arrivals.isEmpty)
        }
    }
}
