import Cryptography
import FoundationEssentials
import Keystore
import Synchronization
import WSSecurity

/// Finds out whether a caller is the partner of a flow.
final class SenderDoor: Sendable {
    private let throttle = Mutex(LoginThrottle())

    /// Why a caller was not let in.
    enum Refusal: Error {
        /// No client certificate, or one that is not this partner's; the cause in words.
        case certificate(String)
        /// The connection has no TLS of its own, which user and password need.
        case clear
        /// The connection has no TLS of its own, and the message may bring a password as text.
        case clearToken
        /// No user, or a wrong one, or a wrong password.
        case password
        /// Too many wrong passwords came from there.
        case throttled
    }

    /// Checks what the flow demands of its sender.
    func admit(
        _ caller: InboundCaller,
        to channel: SenderChannel,
        _ context: RuntimeContext
    ) async throws(Refusal) -> Admission {
        guard !channel.request.needsTLS || caller.isTLS else { throw .clearToken }
        switch channel.authorisation {
        case .none: break
        case .certificate(let aliases):
            let snapshot = context.keyring.snapshot
            try Self.check(await caller.certificate(), aliases, channel.partner, snapshot, at: context.now)
        case .basic(let names):
            guard caller.isTLS else { throw .clear }
            try check(caller, names.compactMap { context.configuration.credentials[$0] }, at: context.now)
        }
        return Admission(checked: channel, isTLS: caller.isTLS)
    }

    private static func check(
        _ der: [UInt8]?,
        _ aliases: [KeyAlias],
        _ partner: PartnerID,
        _ snapshot: KeyringSnapshot,
        at now: Date
    ) throws(Refusal) {
        guard let der else { throw .certificate("no client certificate") }
        guard let certificate = try? Certificate(der: der) else { throw .certificate("a broken client certificate") }
        guard
            snapshot.accepted(aliases, of: .partner(partner)).contains(where: { $0.certificate == certificate })
        else { throw .certificate("the client certificate \(certificate) is not registered for this flow") }
        guard certificate.isValid(at: now) else {
            throw .certificate("the client certificate \(certificate) is expired")
        }
    }

    private func check(_ caller: InboundCaller, _ credentials: [SharedKey], at now: Date) throws(Refusal) {
        let shown = caller.authorization.flatMap(BasicCredentials.init)
        let isRight = shown.map { shown in credentials.reduce(false) { $0 || shown.fits($1) } } ?? false
        let name = isRight ? shown?.user : nil
        guard !throttle.withLock({ $0.isThrottled(caller.address, name: name, now: now) }) else { throw .throttled }
        guard let name else {
            // Asking without a password is how clients find out that there must be one.
            if shown != nil { throttle.withLock { $0.failed(caller.address, now: now) } }
            throw .password
        }
        throttle.withLock { $0.succeeded(caller.address, name: name) }
    }
}

/// User and password of the scheme `Basic` (RFC 7617).
private struct BasicCredentials {
    let user: String
    private let password: SecretKey

    init?(_ authorization: String) {
        let parts = authorization.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "basic", parts[1].utf8.count <= 4096,
            let octets = Base64.decode(String(parts[1])), let colon = octets.firstIndex(of: 0x3A),
            let user = String(validating: octets[..<colon], as: UTF8.self)
        else { return nil }
        self.user = user
        password = SecretKey(copying: Array(octets[(colon + 1)...]))
    }

    /// Whether user and password are those of `credential`; the time does not tell how much of the password was right.
    func fits(_ credential: SharedKey) -> Bool {
        let name = Array(user.utf8)
        guard let shown = try? password.authenticate(name, by: .sha256),
            let kept = try? credential.secret.authenticate(Array(credential.name.utf8), by: .sha256)
        else { return false }
        return ConstantTime.equal(shown, kept)
    }
}
