import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import WSSecurity

/// Lets a sender's own stack show a tenant that it handles a new key: it reads a nonce that came under that key, and returns it.
struct SelfTest: Sendable {
    let httpClient: HTTPClient
    let exchange: SecureExchange
    let timeout: Duration

    /// Runs the test at a target, and returns the fingerprint of the key that the nonce was signed with.
    ///
    /// - Throws: `PartnerRefusal` with what did not go well.
    func run(at target: OrderTarget) async throws -> String {
        let challenge = try await ask(TrialMessage.begin(target.soap), target)
        guard let nonce = TrialMessage.nonce(inBody: challenge.body) else {
            throw PartnerRefusal.selfTestFailed("the tenant sent no nonce")
        }
        let answer = try await ask(TrialMessage.comeBack(nonce, target.soap), target)
        guard TrialMessage.isPassed(answer.body) else {
            throw PartnerRefusal.selfTestFailed("the tenant did not take the nonce")
        }
        return challenge.signatures.first?.certificate?.fingerprint ?? ""
    }

    private func ask(_ envelope: [UInt8], _ target: OrderTarget) async throws -> ProcessedMessage {
        var request = HTTPClientRequest(url: target.url + "/self-test")
        request.method = .POST
        request.headers.add(name: "Content-Type", value: "\(target.soap.mediaType); charset=utf-8")
        if target.soap == .soap11 { request.headers.add(name: "SOAPAction", value: "\"\(TrialMessage.selfTest)\"") }
        request.body = .bytes(ByteBuffer(bytes: try exchange.protect(envelope)))
        let response = try await httpClient.execute(request, timeout: .nanoseconds(Int64(timeout / .nanoseconds(1))))
        let body = Array(try await response.body.collect(upTo: 1 << 20).readableBytesView)
        guard response.status == .ok else {
            let reason = SOAPFault(parsing: body)?.reason ?? "no reason"
            throw PartnerRefusal.selfTestFailed("the tenant answered \(response.status.code): \(reason)")
        }
        do {
            return try exchange.process(body)
        } catch {
            throw PartnerRefusal.selfTestFailed("the answer did not pass: \(error.code): \(error.cause)")
        }
    }
}
