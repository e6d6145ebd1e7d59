import Testing
import WSSecurity

@testable import Messaging

@Suite struct MultipartTests {
    private static let envelope = Fixtures.order("one")

    private static func read(_ body: [UInt8], _ type: String = PackageFixtures.swa) throws -> (MultipartFrame, [UInt8])
    {
        let (frame, root) = try MultipartFrame.read(Payload(body), contentType: type)
        return (frame, try root.octets())
    }

    @Test(
        "The root part is the one that start names, wherever it stands, and all else stays as it is",
        arguments: [true, false]
    )
    func root(isFirst: Bool) throws {
        let body = PackageFixtures.package(Self.envelope, isRootFirst: isFirst)
        let (frame, root) = try Self.read(body)
        #expect(root == Self.envelope && frame.version == .soap11)
        #expect(try frame.message(round: Payload(root)).octets() == body)
        let other = try frame.message(round: Payload(Array("<other/>".utf8))).octets()
        #expect(other == PackageFixtures.package(Array("<other/>".utf8), isRootFirst: isFirst))
    }

    @Test func `Without start the first part is the root`() throws {
        let type = #"multipart/related; type="text/xml"; boundary="\#(PackageFixtures.boundary)""#
        #expect(try Self.read(PackageFixtures.package(Self.envelope), type).1 == Self.envelope)
    }

    @Test func `A root of XOP is of the version that its own type or start-info names`() throws {
        let body = PackageFixtures.package(Self.envelope, rootType: PackageFixtures.xopRoot)
        #expect(try Self.read(body, PackageFixtures.mtom).0.version == .soap11)
        let soap12 = PackageFixtures.mtom.replacing(
            "start-info=\"text/xml\"",
            with: "start-info=\"application/soap+xml\""
        )
        let bare = PackageFixtures.package(Self.envelope, rootType: "application/xop+xml")
        #expect(try Self.read(bare, soap12).0.version == .soap12)
    }

    @Test func `What was said to have seven bits or a length is not said of other content`() throws {
        let body =
            PackageFixtures.part(
                "Content-Type: text/xml\r\nContent-Length: 5\r\nContent-Transfer-Encoding: 7bit\r\nContent-ID: <root@x>",
                Self.envelope
            ) + Array("--\(PackageFixtures.boundary)--".utf8)
        let (frame, _) = try Self.read(body)
        let text = String(decoding: try frame.message(round: Payload(Array("é".utf8))).octets(), as: UTF8.self)
        #expect(text.contains("8bit") && !text.contains("Content-Length") && text.contains("\r\n\r\né\r\n--"))
    }

    @Test func `A root part that holds the boundary is not sent: the receiver would see other parts`() throws {
        let (frame, _) = try Self.read(PackageFixtures.package(Self.envelope))
        let forged = Payload(Array("<a>\r\n--\(PackageFixtures.boundary)\r\n\r\nforged</a>".utf8))
        #expect(throws: MIMEError.self) { try frame.message(round: forged) }
    }

    private static let b = PackageFixtures.boundary
    private static let rootPart =
        "--\(b)\r\nContent-Type: text/xml\r\nContent-ID: <root@x>\r\n\r\n<a/>\r\n"

    @Test(
        "What is not put together as the standard says, or could be read in two ways, is refused",
        arguments: [
            "", "--\(b)", "--\(b)--\r\n", rootPart, rootPart + "--\(b)-\r\n",
            rootPart + "--\(b)--\r\n--\(b)--\r\n",
            rootPart.replacing("\r\n", with: "\n") + "--\(b)--\n",
            rootPart + "x--\(b)--\r\n",
            rootPart + "--\(b)x\r\n\r\n\r\n--\(b)--\r\n",
            rootPart + "--\(b)\r\nContent-ID: <root@x>\r\n\r\n\r\n--\(b)--\r\n",
            rootPart.replacing("Content-ID: <root@x>", with: "Content-ID: <root@x>\r\nContent-ID: <other@x>")
                + "--\(b)--\r\n",
            rootPart.replacing("<root@x>", with: "<other@x>") + "--\(b)--\r\n",
            rootPart.replacing("text/xml", with: "text/plain") + "--\(b)--\r\n",
            rootPart.replacing("Content-ID", with: " Content-ID") + "--\(b)--\r\n",
            rootPart.replacing("Content-Type: text/xml\r\n", with: "") + "--\(b)--\r\n",
            rootPart.replacing("Content-ID", with: "Content-Transfer-Encoding: base64\r\nContent-ID") + "--\(b)--\r\n",
            "--\(b)\r\nContent-Type: text/xml\r\nContent-ID: <root@x>\r\n--\(b)--\r\n",
        ]
    )
    func malformed(body: String) throws {
        #expect(throws: MIMEError.self) { try Self.read(Array(body.utf8)) }
    }

    @Test func `The same body in order is taken`() throws {
        #expect(try Self.read(Array((Self.rootPart + "--\(Self.b)--\r\n").utf8)).1 == Array("<a/>".utf8))
        #expect(try Self.read(Array((Self.rootPart + "--\(Self.b)-- \t").utf8)).1 == Array("<a/>".utf8))
    }

    @Test func `Bombs of parts, of fields and of header octets are refused`() throws {
        let end = Array("--\(Self.b)--\r\n".utf8)
        let part = PackageFixtures.part("Content-Type: text/plain", [])
        let many = Array(Self.rootPart.utf8) + Array(repeatElement(part, count: 300).joined()) + end
        let fields = (0..<40).map { "X-\($0): y" }.joined(separator: "\r\n")
        let long = "X-Long: " + String(repeating: "y", count: 9000)
        for body in [
            many, Array(Self.rootPart.utf8) + PackageFixtures.part(fields, []) + end,
            Array(Self.rootPart.utf8) + PackageFixtures.part(long, []) + end,
            Array(String(repeating: " ", count: 5000).utf8) + [0x0D, 0x0A] + Array(Self.rootPart.utf8) + end,
        ] {
            let error = #expect(throws: MIMEError.self) { try Self.read(body) }
            if case .limitExceeded? = error {} else { Issue.record("\(String(describing: error))") }
        }
    }

    @Test(
        "A Content-Type is read with quoted and bare parameters, and one that could mean two things is not",
        arguments: [
            ("multipart/related;boundary=a", "a"), ("Multipart/Related; Boundary=\"a b\" ; type=text/xml", "a b"),
            ("multipart/related; boundary=\"a\\\"b\";", "a\"b"), ("multipart/related; boundary=a; boundary=b", nil),
            ("multipart/related; boundary=\"a", nil), ("multipart/related; boundary", nil), ("multipart", nil),
            ("multipart/related, text/xml; boundary=a", nil), ("multipart/related; boundary=\"a\r\nX: y\"", nil),
        ]
    )
    func contentType(value: String, boundary: String?) {
        #expect(MIMEType(value)?.parameters["boundary"] == boundary)
    }
}
