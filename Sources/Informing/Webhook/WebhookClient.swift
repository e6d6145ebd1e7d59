package import AsyncHTTPClient
import FoundationEssentials
package import Messaging
import NIOCore
import NIOHTTP1
import NIOSSL
import Renewal

/// Posts events to webhooks, under the rules that receivers are held to.
package struct WebhookClient: Sendable {
    private let http: HTTPClient
    private let rules: ReceiverRules
    private let tenant: String
    private let patience: Duration

    /// `http` must follow no redirects and check its peers: see `HTTPClient.Configuration.forReceivers`.
    package init(http: HTTPClient, rules: ReceiverRules, tenant: String, patience: Duration = .seconds(30)) {
        self.http = http
        self.rules = rules
        self.tenant = tenant
        self.patience = patience
    }

    /// Posts; never throws: whatever happens is an outcome.
    func send(
        _ notification: RenewalNotification,
        _ delivery: InformDelivery,
        to webhook: Webhook,
        at now: Date
    ) async -> InformOutcome {
        do {
            try rules.check(url: webhook.url)
            let request = try request(CloudEvent(notification, delivery, tenant: tenant), to: webhook, at: now)
            let response = try await http.execute(request, timeout: TimeAmount(patience))
            return outcome(of: Int(response.status.code), webhook)
        } catch let refusal as ReceiverRefusal {
            return .postponed("the webhook \(webhook.name) may not be called: \(refusal): \(refusal.mend)")
        } catch let error as HTTPClientError {
            let text = "the webhook \(webhook.name) was not reached: \(error.shortDescription)"
            return Self.isAfterSending(error) ? .unknown(text) : .postponed(text)
        } catch {
            return .unknown("the webhook \(webhook.name) did not answer: \(String("\(error)".prefix(200)))")
        }
    }

    private func request(_ event: CloudEvent, to webhook: Webhook, at now: Date) throws -> HTTPClientRequest {
        let body = try event.octets()
        let timestamp = Int(now.timeIntervalSince1970)
        var request = HTTPClientRequest(url: webhook.url)
        request.method = .POST
        request.headers = [
            "Content-Type": CloudEvent.contentType,
            "webhook-id": event.id,
            "webhook-timestamp": "\(timestamp)",
            "webhook-signature": try webhook.signature(id: event.id, timestamp: timestamp, body: body),
        ]
        request.body = .bytes(ByteBuffer(bytes: body))
        if let trust = webhook.trust {
            var tls = TLSConfiguration.makeClientConfiguration()
            tls.minimumTLSVersion = .tlsv12
            tls.trustRoots = .file(trust)
            request.tlsConfiguration = tls
        }
        return request
    }

    /// 2xx is taken; 410 and what repetition cannot mend is refused; all else may change.
    private func outcome(of status: Int, _ webhook: Webhook) -> InformOutcome {
        let text = "the webhook \(webhook.name) answered with \(status)"
        return switch status {
        case 200..<300: .delivered(text)
        case 408, 425, 429: .postponed(text)
        case 300..<500: .refused(text)
        default: .postponed(text)
        }
    }

    private static func isAfterSending(_ error: HTTPClientError) -> Bool {
        error == .readTimeout || error == .deadlineExceeded || error == .remoteConnectionClosed
    }
}
