import AsyncHTTPClient
import Cryptography
import Foundation
import ManagementAPI
import NIOCore
import NIOHTTP1
import TestSupport
import WSSecurity

extension World {
    /// The flow of the tests: signed requests of `sender`, signed answers, a receiver in the clear.
    func orders(id: String = "orders", path: String = "/in/orders") -> String {
        """
        id: \(id)
        pattern: requestReply
        sender:
          partner: sender
          path: \(path)
          soap: "1.1"
          request: {verify: [sender-sign], signed: [body, timestamp], maximumAge: 300}
          response: {sign: reply-sign}
        receiver:
          partner: receiver
          url: http://127.0.0.1:\(receiver.port)/
          timeout: 20
          request: {}
          response: {}
        """
    }

    /// The flow of the tests without answers.
    func oneWayOrders() -> String {
        orders().replacing("requestReply", with: "oneWay").replacing("  response: {sign: reply-sign}\n", with: "")
            .replacing("\n  response: {}", with: "")
    }

    /// Deploys the flow for a sender that sends nothing.
    func deployOrders() async throws {
        try await deployOrders(trusting: SigningSender(now: clock.now).certificate)
    }

    /// Deploys the flow with a fresh key of the tenant and `sender`'s certificate.
    func deployOrders(trusting certificate: Certificate, oneWay: Bool = false) async throws {
        let administrator = api(.administrator)
        _ = try await administrator.addKeyVersion(.fresh("reply-sign"))
        _ = try await administrator.addKeyVersion(
            AddKeyVersion(
                alias: "sender-sign",
                source: .certificate(certificates: certificate.pem, partner: "sender")
            )
        )
        _ = try await api(.developer).putFlow("orders", yaml: oneWay ? oneWayOrders() : orders())
    }

    /// Posts a message.
    func post(
        _ message: [UInt8],
        to path: String
    ) async throws -> (status: Int, body: String, headers: [String: String]) {
        var request = HTTPClientRequest(url: messages + path)
        request.method = .POST
        request.headers.add(name: "Content-Type", value: "text/xml; charset=utf-8")
        request.headers.add(name: "SOAPAction", value: "\"\"")
        request.body = .bytes(ByteBuffer(bytes: message))
        return try await send(request)
    }
}

extension AddKeyVersion {
    /// A fresh P-256 key pair.
    static func fresh(_ alias: String) -> AddKeyVersion {
        AddKeyVersion(alias: alias, source: .create(kind: "p-256", subject: "CN=\(alias)", validityDays: 3650))
    }
}

/// A sender with a key pair of its own.
struct SigningSender {
    let key: PrivateKey
    let certificate: Certificate

    init(now: Date) throws {
        key = try PrivateKey.generate(.p256)
        certificate = try Certificate.selfSigned(
            key: key,
            subject: "CN=sender",
            notBefore: now - 60,
            notAfter: now + 10 * 365 * 86_400
        )
    }

    /// A signed request.
    func request(_ number: Int, filler: String = "", now: Date) throws -> [UInt8] {
        let envelope = """
            <s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><m:Order xmlns:m="urn:m">\(number)\
            \(filler)</m:Order></s:Body></s:Envelope>
            """
        let protection = OutboundProtection(
            signature: (SignatureSettings(), SigningCredential(key: key, certificate: certificate))
        )
        return try MessageProtector(protection).protect(Array(envelope.utf8), now: now)
    }
}
