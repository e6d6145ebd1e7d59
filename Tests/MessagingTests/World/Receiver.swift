import Cryptography
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Synchronization
import Timekeeping
import WSSecurity

/// A receiver system on loopback: verifies and decrypts with keys of its own, and answers as it is told.
final class Receiver: Sendable {
    /// How it answers.
    enum Manner: Sendable {
        /// A confirmation, signed and encrypted.
        case confirm
        /// A confirmation that was made before.
        case confirmation([UInt8])
        /// A confirmation that says with `wsse11:SignatureConfirmation` what it answers; `nil` = the request.
        case confirmSignatures(of: [[UInt8]]?)
        /// 202 without a body.
        case take
        /// A bare HTTP status.
        case status(Int)
        /// 503 with this many seconds in Retry-After.
        case busy(Int)
        /// A fault, signed and encrypted.
        case protectedFault
        /// A fault that nothing protects.
        case plainFault(SOAPFault.Subcode?)
        /// A confirmation that a stranger signed.
        case strangersConfirmation
        /// Something that is no SOAP.
        case text(String)
    }

    /// A message as it arrived.
    struct Arrival: Sendable {
        /// What the body says.
        let body: String
        /// The certificate that signed it; `nil` when it was refused.
        let signer: Certificate?
        /// The user whose token the message carried.
        var user: String?
        /// The trace that the request belongs to, as its headers say.
        var trace: [String: String] = [:]
        /// Its signatures.
        var signatures: [VerifiedSignature] = []
        /// Its SAML assertions.
        var assertions: [CarriedAssertion] = []
        /// Its `wsa:MessageID`.
        var messageID: String?
        /// When its Timestamp says that it was made.
        var createdAt: Date?
    }

    private struct State {
        var manner = Manner.confirm
        var arrivals: [Arrival] = []
        var held: Latch?
        var distrusted: Certificate?
        var refused = 0
    }

    private let state = Mutex(State())
    private let keys: PartnerKeys
    private let clock: any WallClock
    /// The tenant's certificates that it accepts at the moment.
    private let trusted: @Sendable () -> [Certificate]
    private let announcements: AsyncStream<Arrival>
    private let announce: AsyncStream<Arrival>.Continuation

    init(keys: PartnerKeys, clock: any WallClock, trusted: @escaping @Sendable () -> [Certificate]) {
        self.keys = keys
        self.clock = clock
        self.trusted = trusted
        (announcements, announce) = AsyncStream.makeStream()
    }

    var arrivals: [Arrival] { state.withLock { $0.arrivals } }

    /// Refuses what this certificate signed, like a system that was not configured for it.
    func distrust(_ certificate: Certificate?) { state.withLock { $0.distrusted = certificate } }

    /// How many messages it refused.
    var refused: Int { state.withLock { $0.refused } }

    func set(_ manner: Manner) { state.withLock { $0.manner = manner } }

    /// Makes the next answers wait for the latch.
    func hold(until latch: Latch?) { state.withLock { $0.held = latch } }

    /// The next message that arrives, or has arrived and was not asked for yet.
    func next() async -> Arrival? {
        await announcements.first { _ in true }
    }

    var responder: some HTTPResponder<BasicRequestContext> {
        let router = Router()
        router.post("orders") { request, _ in
            let body = try await request.body.collect(upTo: 1 << 20)
            var trace: [String: String] = [:]
            for name in ["traceparent", "tracestate"] {
                trace[name] = HTTPField.Name(name).flatMap { request.headers[$0] }
            }
            return await self.answer([UInt8](buffer: body), trace: trace)
        }
        return router.buildResponder()
    }

    private func answer(_ message: [UInt8], trace: [String: String]) async -> Response {
        let (arrived, isRefused) = open(message, trace)
        let (manner, held) = state.withLock { state in
            state.arrivals.append(arrived)
            if isRefused { state.refused += 1 }
            return (state.manner, state.held)
        }
        announce.yield(arrived)
        await held?.wait()
        let unknown = SOAPFault.Subcode(namespace: Fixtures.wsse, name: "FailedCheck")
        return isRefused ? Self.plain(unknown) : response(manner, to: arrived)
    }

    private func open(_ message: [UInt8], _ trace: [String: String]) -> (Arrival, isRefused: Bool) {
        var policy = InboundPolicy(encrypted: [.body])
        policy.usernameToken = UsernameTokenDemand(isRequired: false)
        policy.assertion = AssertionDemand(isRequired: false)
        let processor = MessageProcessor(
            policy: policy,
            keys: StaticTrustedKeys(
                verifying: trusted().filter { $0 != state.withLock(\.distrusted) },
                decrypting: [
                    DecryptionKey(
                        certificate: keys.receiverDecrypt.certificate,
                        key: keys.receiverDecrypt.key
                    )
                ],
                passwords: [Self.password]
            )
        )
        do {
            let processed = try processor.process(message, receivedAt: clock.now)
            let body = String(decoding: processed.body, as: UTF8.self)
            let signer = processed.signatures.first?.certificate
            let arrival = Arrival(
                body: body,
                signer: signer,
                user: processed.usernameToken?.name,
                trace: trace,
                signatures: processed.signatures,
                assertions: processed.assertions,
                messageID: try SOAPEnvelope(processed.envelope).messageID,
                createdAt: processed.timestamp?.createdAt
            )
            return (arrival, false)
        } catch {
            return (Arrival(body: "\(error)", signer: nil), true)
        }
    }

    /// The user whom it knows.
    static let password = SharedKey(name: "ORDERS", password: "not quite secret")

    private func response(_ manner: Manner, to arrival: Arrival) -> Response {
        do {
            switch manner {
            case .confirm:
                return Self.soap(200, try confirmation())
            case .confirmation(let octets): return Self.soap(200, octets)
            case .confirmSignatures(let values):
                return Self.soap(
                    200,
                    try protected(
                        Fixtures.envelope("<m:Done xmlns:m='urn:m'/>"),
                        keys.receiverSign,
                        confirming: values ?? arrival.signatures.map(\.value)
                    )
                )
            case .strangersConfirmation:
                return Self.soap(200, try protected(Fixtures.envelope("<m:Done xmlns:m='urn:m'/>"), keys.stranger))
            case .protectedFault:
                let fault = SOAPFault(version: .soap11, code: .server, reason: "Out of stock")
                return Self.soap(500, try protected(fault.envelope(), keys.receiverSign))
            case .plainFault(let subcode): return Self.plain(subcode)
            case .take: return Response(status: .accepted)
            case .status(let code):
                return Response(status: .init(code: code), headers: [.location: "/orders"])
            case .busy(let seconds): return Response(status: .serviceUnavailable, headers: [.retryAfter: "\(seconds)"])
            case .text(let text): return Self.body(200, "text/plain", Array(text.utf8))
            }
        } catch {
            return Response(status: .init(code: 599))
        }
    }

    /// A confirmation, signed and encrypted.
    func confirmation() throws -> [UInt8] {
        try protected(Fixtures.envelope("<m:Done xmlns:m='urn:m'/>"), keys.receiverSign)
    }

    private func protected(
        _ envelope: [UInt8],
        _ signer: PartnerKeys.Pair,
        confirming values: [[UInt8]]? = nil
    ) throws -> [UInt8] {
        var outbound = OutboundProtection(
            signature: (SignatureSettings(), SigningCredential(key: signer.key, certificate: signer.certificate)),
            encryption: (EncryptionSettings(), keys.tenantDecrypt.certificate)
        )
        outbound.confirmations = values
        if values != nil { outbound.signature?.settings.parts.append(.signatureConfirmation) }
        return try MessageProtector(outbound).protect(envelope, now: clock.now)
    }

    private static func plain(_ subcode: SOAPFault.Subcode?) -> Response {
        soap(500, SOAPFault(version: .soap11, code: .client, reason: "No", subcode: subcode).envelope())
    }

    private static func soap(_ status: Int, _ octets: [UInt8]) -> Response {
        body(status, SOAPVersion.soap11.contentType, octets)
    }

    private static func body(_ status: Int, _ type: String, _ octets: [UInt8]) -> Response {
        Response(
            status: .init(code: status),
            headers: [.contentType: type],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: octets))
        )
    }
}
