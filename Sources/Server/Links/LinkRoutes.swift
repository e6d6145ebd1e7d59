import Hummingbird
import Informing
import Logging
import Messaging
import NIOCore
import Renewal
import Synchronization
import Timekeeping

/// The links of mails: `GET` shows, `POST` does.
///
/// The token is the only authority, and for this alone. Mail scanners open links, so reading changes nothing.
final class LinkRoutes: Sendable {
    private static let formLimit = 1024

    private let tenant: Tenant
    private let throttle = Mutex(LoginThrottle())

    init(tenant: Tenant) {
        self.tenant = tenant
    }

    func add(to router: some RouterMethods<ManagementContext>) {
        router.get("\(InformLinkTerms.path)/:token") { _, context in try await self.show(context).response }
        router.post("\(InformLinkTerms.path)/:token") { request, context in
            let form = try await request.form(upTo: Self.formLimit)
            return try await self.act(form, context).response
        }
    }

    private func show(_ context: ManagementContext) async throws -> LinkPage {
        guard !isThrottled(context) else { return .throttled }
        guard let digest = digest(context), let view = try await tenant.renewals.link(digest: digest) else {
            return unknown(context)
        }
        return switch view.state {
        case .valid: .form(view)
        case .used: .used(view)
        case .expired: .expired(view)
        }
    }

    private func act(_ form: String, _ context: ManagementContext) async throws -> LinkPage {
        guard !isThrottled(context) else { return .throttled }
        guard let digest = digest(context), let view = try await tenant.renewals.link(digest: digest) else {
            return unknown(context)
        }
        guard form == "act=acknowledge" || form == "act=claim" else { return .malformed }
        let claims = form == "act=claim"
        do {
            return .done(try await tenant.renewals.acknowledge(linkDigest: digest, claims: claims), claimed: claims)
        } catch let refusal as RenewalRefusal {
            switch view.state {
            case .used: return .used(view)
            case .expired: return .expired(view)
            case .valid: return .refused(refusal)
            }
        }
    }

    /// The digest of the token in the path; `nil` when that cannot be one.
    private func digest(_ context: ManagementContext) -> [UInt8]? {
        guard let token = context.parameters.get("token"), (40...50).contains(token.utf8.count) else { return nil }
        return InformLinkTerms.digest(of: token)
    }

    private func isThrottled(_ context: ManagementContext) -> Bool {
        let now = tenant.clock.now
        return throttle.withLock { $0.isThrottled(context.address, name: nil, now: now) }
    }

    private func unknown(_ context: ManagementContext) -> LinkPage {
        let now = tenant.clock.now
        throttle.withLock { $0.failed(context.address, now: now) }
        return .unknown
    }
}

extension Request {
    /// The body of a small form as it came.
    fileprivate func form(upTo limit: Int) async throws -> String {
        let body = body
        let buffer = try await Deadline.within(.seconds(10)) { try await body.collect(upTo: limit) }
        return buffer.map { String(buffer: $0) } ?? ""
    }
}
