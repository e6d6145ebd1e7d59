import CPKCS11
import Dispatch
import Synchronization

/// The way to one token: module, slot, login, and sessions that are used again.
///
/// Whoever computes has a session for that time alone. When the token went away in the middle, what was asked is asked once
/// more from the beginning: module, slot, login, session, key.
final class TokenConnection: Sendable {
    /// How long a free session is waited for.
    private static let patience = DispatchTimeInterval.seconds(30)

    let settings: TokenSettings
    private let state = Mutex(State())
    private let permits: DispatchSemaphore

    init(_ settings: TokenSettings) {
        self.settings = settings
        permits = DispatchSemaphore(value: settings.sessionLimit)
    }

    /// What `body` returns for a session that is logged in; `writing` when it makes or erases objects.
    func withSession<Result: ~Copyable>(
        writing: Bool = false,
        _ body: (TokenSession) throws(TokenFault) -> Result
    ) throws(TokenFault) -> Result {
        do throws(TokenFault) {
            return try attempt(writing, body)
        } catch {
            guard error.isLoss else { throw error }
            return try attempt(writing, body)
        }
    }

    /// The handle of the private key of that identifier.
    func privateKey(_ identifier: [UInt8], in session: TokenSession) throws(TokenFault) -> UInt {
        if let known = state.withLock({ $0.epoch == session.epoch ? $0.keys[identifier] : nil }) { return known }
        let template = Template().number(Attribute.objectClass, ObjectClass.privateKey)
            .octets(Attribute.id, identifier)
        let found = try session.objects(template)
        guard let key = found.first else {
            throw .refused("the key is not there any more: restore it by the token's own means, or renew the key")
        }
        guard found.count == 1 else { throw .refused("several private keys have the key's id: give each its own") }
        state.withLock { state in
            if state.epoch == session.epoch { state.keys[identifier] = key }
        }
        return key
    }

    private func attempt<Result: ~Copyable>(
        _ writing: Bool,
        _ body: (TokenSession) throws(TokenFault) -> Result
    ) throws(TokenFault) -> Result {
        guard permits.wait(timeout: .now() + Self.patience) == .success else {
            throw .refused(
                "all \(settings.sessionLimit) sessions were busy for 30 seconds: is it reached? Else raise `sessions` of the token"
            )
        }
        defer { permits.signal() }
        let session = try session(writing)
        do throws(TokenFault) {
            let result = try body(session)
            putBack(session)
            return result
        } catch {
            // It may have an operation under way; a new one has none.
            session.close()
            if error.isLoss { state.withLock { $0.lose(session.epoch) } }
            throw error
        }
    }

    private func session(_ writing: Bool) throws(TokenFault) -> TokenSession {
        let settings = settings
        return try state.withLock { (state) throws(TokenFault) -> TokenSession in
            do throws(TokenFault) {
                return try state.session(writing, settings)
            } catch {
                if error.isLoss { state.lose(state.epoch) }
                throw error
            }
        }
    }

    private func putBack(_ session: TokenSession) {
        let isKept = state.withLock { state in
            guard session.epoch == state.epoch, !session.isWriting else { return false }
            state.idle.append(session)
            return true
        }
        if !isKept { session.close() }
    }
}

extension TokenConnection {
    /// What is known of the token while it is there.
    private struct State {
        var module: TokenModule?
        /// The slot, with a session that does nothing but keep the login.
        var login: (slot: UInt, session: TokenSession)?
        var idle: [TokenSession] = []
        var keys: [[UInt8]: UInt] = [:]
        /// Grows whenever the token went away.
        var epoch = 0
        /// Why the PIN was refused: for good, as every further try brings the token nearer to locking it.
        var refusal: TokenFault?

        mutating func session(_ writing: Bool, _ settings: TokenSettings) throws(TokenFault) -> TokenSession {
            let slot = try connected(settings)
            if !writing, let session = idle.popLast() { return session }
            guard let module else { throw .refused("no module") }
            do throws(TokenFault) {
                return try TokenSession(module, slot: slot, epoch: epoch, isWriting: writing)
            } catch {
                guard error.value == .sessionCount, !idle.isEmpty else { throw error }
                for session in idle { session.close() }
                idle = []
                return try TokenSession(module, slot: slot, epoch: epoch, isWriting: writing)
            }
        }

        /// The slot, logged in.
        private mutating func connected(_ settings: TokenSettings) throws(TokenFault) -> UInt {
            if let refusal { throw refusal }
            if let login { return login.slot }
            let module = try loaded(settings.module)
            try module.initialize()
            let slot = try TokenSlot(module, settings.choice)
            let session = try TokenSession(module, slot: slot.number, epoch: epoch, isWriting: false)
            do throws(TokenFault) {
                try slot.checkPIN()
                try session.logIn(settings.pin)
            } catch {
                session.close()
                if error.value?.isRefusedPIN == true { refusal = error }
                throw error
            }
            login = (slot.number, session)
            return slot.number
        }

        /// The module, loaded at the first time.
        private mutating func loaded(_ path: String) throws(TokenFault) -> TokenModule {
            if let module { return module }
            let loaded = try TokenModule(path: path)
            module = loaded
            return loaded
        }

        /// Forgets everything that went away with the token, unless that was done already.
        mutating func lose(_ epoch: Int) {
            guard epoch == self.epoch else { return }
            for session in idle { session.close() }
            login?.session.close()
            (login, idle, keys) = (nil, [], [:])
            self.epoch += 1
        }
    }
}
