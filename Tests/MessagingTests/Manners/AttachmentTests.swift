import Cryptography
import Foundation
import Keystore
import Messaging
import Testing
import WSSecurity

@Suite struct AttachmentTests {
    private static func send(
        _ body: [UInt8],
        _ type: String,
        to world: World
    ) async -> InboundReply {
        let reply = await world.runtime.handle(
            path: "/in/raw",
            headers: [("Content-Type", type), ("SOAPAction", "\"urn:place\"")],
            body: Payload(body)
        )
        reply.exchange?.end()
        return reply
    }

    @Test("A message with attachments passes through a flow octet for octet, both ways", arguments: [false, true])
    func untouched(isMTOM: Bool) async throws {
        let root = isMTOM ? Fixtures.envelope(PackageFixtures.including) : Fixtures.order("one")
        let body = PackageFixtures.package(root, rootType: isMTOM ? PackageFixtures.xopRoot : "text/xml; charset=UTF-8")
        let type = isMTOM ? PackageFixtures.mtom : PackageFixtures.swa
        try await World.run { world in
            try await RawReceiver.run { receiver in
                receiver.echo()
                try await world.runtime.deploy(PackageFixtures.flow(url: receiver.url))
                let reply = await Self.send(body, type, to: world)
                #expect(reply.status == 200 && reply.contentType == type && reply.body == body)
                let arrival = try #require(receiver.arrivals.first)
                #expect(arrival.body == body && arrival.headers["content-type"] == type)
                #expect(arrival.headers["soapaction"] == "\"urn:place\"")
            }
        }
    }

    @Test func `The root part is decrypted, verified and protected anew, and the other parts go along`() async throws {
        try await World.run { world in
            try await RawReceiver.run { receiver in
                let flow = try PackageFixtures.flow(
                    url: receiver.url,
                    request: "sign: tenant-sign, encrypt: receiver-encrypt",
                    demands: "verify: [sender-sign], decrypt: [tenant-decrypt]"
                )
                try await world.runtime.deploy(flow)
                let reply = try await Self.send(
                    PackageFixtures.package(world.request("one")),
                    PackageFixtures.swa,
                    to: world
                )
                #expect(reply.status == 200, "\(String(decoding: reply.body, as: UTF8.self))")
                let arrival = try #require(receiver.arrivals.first)
                #expect(arrival.headers["content-type"] == PackageFixtures.swa)
                let attachment = PackageFixtures.part(
                    "Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: binary\r\nContent-ID: <data@x>",
                    PackageFixtures.attachment
                )
                #expect(
                    arrival.body.suffix(attachment.count + 24) == attachment
                        + Array("--\(PackageFixtures.boundary)--\r\n".utf8)
                )
                let start = try #require(arrival.body.firstRange(of: Array("\r\n\r\n".utf8))?.upperBound)
                let end = arrival.body.count - attachment.count - 26
                let opened = try world.openAsReceiver(Array(arrival.body[start..<end]))
                #expect(String(decoding: opened.body, as: UTF8.self).contains("one"))
            }
        }
    }

    @Test func `A stored message keeps its attachments`() async throws {
        let body = PackageFixtures.package(Fixtures.order("one"))
        try await World.run { world in
            try await RawReceiver.run { receiver in
                try await world.runtime.deploy(PackageFixtures.flow(url: receiver.url, pattern: .oneWay))
                let reply = await Self.send(body, PackageFixtures.swa, to: world)
                #expect(reply.status == 202)
                try await world.until { receiver.arrivals.count == 1 }
                #expect(receiver.arrivals.first?.body == body)
                #expect(receiver.arrivals.first?.headers["content-type"] == PackageFixtures.swa)
            }
        }
    }

    @Test(
        "Protection of attachments is named unsupported",
        arguments: [
            #"<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignedInfo><ds:Reference URI="cid:data@x"/></ds:SignedInfo></ds:Signature>"#,
            #"<x:EncryptedData xmlns:x="http://www.w3.org/2001/04/xmlenc#" Type="http://docs.oasis-open.org/wss/oasis-wss-SwAProfile-1.1#Attachment-Content-Only"/>"#,
            #"<x:CipherReference xmlns:x="http://www.w3.org/2001/04/xmlenc#" URI="cid:data@x"/>"#,
            #"<x:CipherValue xmlns:x="http://www.w3.org/2001/04/xmlenc#"><p:Include xmlns:p="http://www.w3.org/2004/08/xop&#47;include" href="cid:data@x"/></x:CipherValue>"#,
        ]
    )
    func attachmentProtection(block: String) async throws {
        let envelope = Fixtures.envelope(
            "<m:a xmlns:m='urn:m'/>",
            header: "<w:Security xmlns:w='\(Fixtures.wsse)'>\(block)</w:Security>"
        )
        try await World.run { world in
            try await RawReceiver.run { receiver in
                try await world.runtime.deploy(PackageFixtures.flow(url: receiver.url))
                let reply = await Self.send(PackageFixtures.package(envelope), PackageFixtures.swa, to: world)
                #expect(reply.status == 400)
                let fault = try #require(try SOAPEnvelope(reply.body).fault)
                #expect(fault.code == .client && fault.reason.contains("protection of attachments"), "\(fault.reason)")
                #expect(receiver.arrivals.isEmpty)
            }
        }
    }

    @Test(
        "An xop:Include within what is signed or encrypted is refused: the part it stands for could be exchanged",
        arguments: [
            ("verify: [sender-sign]", ""), ("", "sign: tenant-sign"), ("", "encrypt: receiver-encrypt"),
        ]
    )
    func xopWrapping(demands: String, request: String) async throws {
        try await World.run { world in
            try await RawReceiver.run { receiver in
                let flow = try PackageFixtures.flow(url: receiver.url, request: request, demands: demands)
                try await world.runtime.deploy(flow)
                var root = Fixtures.envelope(PackageFixtures.including)
                if !demands.isEmpty { root = try world.signed(root) }
                let body = PackageFixtures.package(root, rootType: PackageFixtures.xopRoot)
                let reply = await Self.send(body, PackageFixtures.mtom, to: world)
                #expect(reply.status >= 400 && receiver.arrivals.isEmpty)
                if !demands.isEmpty {
                    #expect(try SOAPEnvelope(reply.body).fault?.reason.contains("xop:Include") == true)
                }
            }
        }
    }

    @Test func `A malformed package gets a fault, and the cause goes to the log`() async throws {
        try await World.run { world in
            try await RawReceiver.run { receiver in
                try await world.runtime.deploy(PackageFixtures.flow(url: receiver.url))
                let reply = await Self.send(Array("--x".utf8), PackageFixtures.swa, to: world)
                #expect(reply.status == 400 && reply.contentType == "text/xml; charset=utf-8")
                #expect(world.log.causes.last?.contains("multipart body is malformed") == true)
                let twelve = PackageFixtures.swa.replacing("type=\"text/xml\"", with: "type=\"application/soap+xml\"")
                let body = PackageFixtures.package(
                    Fixtures.order("one", version: .soap12),
                    rootType: "application/soap+xml"
                )
                #expect(await Self.send(body, twelve, to: world).status == 415)
            }
        }
    }
}
