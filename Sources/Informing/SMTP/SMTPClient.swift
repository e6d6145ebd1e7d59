import Cryptography
package import Renewal

/// Hands one mail to a mail server (RFC 5321, RFC 6409).
///
/// Our own and small, because no kept Swift library does it on swift-nio: one message a connection, no pipelining, no extension
/// but STARTTLS and AUTH.
package struct SMTPClient: Sendable {
    /// The server refused, or said what cannot be.
    private struct Refused: Error {
        let outcome: InformOutcome
    }

    private let server: SMTPServer

    /// A client of `server`.
    package init(server: SMTPServer) {
        self.server = server
    }

    /// Sends; never throws: whatever happens is an outcome.
    package func send(_ mail: MailMessage) async -> InformOutcome {
        do {
            let connection = try await SMTPConnection.open(server)
            defer { connection.close() }
            do {
                return try await converse(connection, mail)
            } catch let refused as Refused {
                _ = try? await connection.send("QUIT")
                return refused.outcome
            }
        } catch {
            return .postponed("the mail server \(place) cannot be used: \(Self.reason(error))")
        }
    }

    private func converse(_ connection: SMTPConnection, _ mail: MailMessage) async throws -> InformOutcome {
        _ = try await positive(connection.greeting(), "the greeting")
        var extensions = try await greet(connection)
        if server.security == .starttls {
            guard extensions.contains("STARTTLS") else {
                throw Refused(outcome: .postponed("the mail server \(place) offers no STARTTLS: nothing was sent"))
            }
            _ = try await positive(connection.startTLS(), "STARTTLS")
            extensions = try await greet(connection)
        }
        if let credential = server.credential { try await authenticate(connection, credential, extensions) }
        _ = try await final(connection.send("MAIL FROM:<\(mail.from)>"), "the sender \(mail.from)")
        _ = try await final(connection.send("RCPT TO:<\(mail.to)>"), "the recipient \(mail.to)")
        let go = try await connection.send("DATA")
        guard go.code == 354 else { throw Refused(outcome: outcome(of: go, "the mail")) }
        return try await handOver(connection, mail)
    }

    /// From here on a missing reply says nothing of whether the mail was taken.
    private func handOver(_ connection: SMTPConnection, _ mail: MailMessage) async throws -> InformOutcome {
        let reply: SMTPReply
        do {
            reply = try await connection.send(message: mail.octets)
        } catch {
            return .unknown("the mail server \(place) did not say whether it took the mail: \(Self.reason(error))")
        }
        guard reply.isPositive else { throw Refused(outcome: outcome(of: reply, "the mail")) }
        _ = try? await connection.send("QUIT")
        return .delivered("taken by \(place): \(reply.summary)")
    }

    /// The extensions that the server offers, in capitals.
    private func greet(_ connection: SMTPConnection) async throws -> [String] {
        let reply = try await positive(connection.send("EHLO \(server.greeting)"), "EHLO")
        return reply.lines.dropFirst().map { $0.uppercased() }
    }

    private func authenticate(
        _ connection: SMTPConnection,
        _ credential: SMTPServer.Credential,
        _ extensions: [String]
    ) async throws {
        let mechanisms = extensions.filter { $0.hasPrefix("AUTH ") }.flatMap { $0.split(separator: " ") }
        let password = credential.password.withSecret { secret in secret.withUnsafeBytes { Array($0) } }
        let user = Array(credential.user.utf8)
        if mechanisms.contains("PLAIN") {
            let response = Base64.encode([0] + user + [0] + password)
            return try await authenticated(connection.send("AUTH PLAIN \(response)"))
        }
        guard mechanisms.contains("LOGIN") else {
            throw Refused(outcome: .postponed("the mail server \(place) offers neither AUTH PLAIN nor AUTH LOGIN"))
        }
        for line in ["AUTH LOGIN", Base64.encode(user)] {
            let reply = try await connection.send(line)
            guard reply.code == 334 else { return try await authenticated(reply) }
        }
        try await authenticated(connection.send(Base64.encode(password)))
    }

    private func authenticated(_ reply: SMTPReply) async throws {
        guard reply.code == 235 else {
            throw Refused(
                outcome: .postponed("the mail server \(place) does not accept user and password: \(reply.code)")
            )
        }
    }

    /// What concerns the connection may be mended, and is tried again.
    private func positive(_ reply: SMTPReply, _ what: String) async throws -> SMTPReply {
        guard reply.isPositive else {
            throw Refused(outcome: .postponed("the mail server \(place) refused \(what): \(reply.summary)"))
        }
        return reply
    }

    /// What concerns the mail is final when the server says so.
    private func final(_ reply: SMTPReply, _ what: String) async throws -> SMTPReply {
        guard reply.isPositive else { throw Refused(outcome: outcome(of: reply, what)) }
        return reply
    }

    private func outcome(of reply: SMTPReply, _ what: String) -> InformOutcome {
        let text = "the mail server \(place) refused \(what): \(reply.summary)"
        return reply.isPermanent ? .refused(text) : .postponed(text)
    }

    private var place: String { "\(server.host):\(server.port)" }

    private static func reason(_ error: any Error) -> String {
        switch error as? SMTPReplyHandler.Failure {
        case .closed: "it closed the connection"
        case .unasked: "it sent what nobody asked for"
        case .timedOut: "it did not answer in time"
        case nil: String("\(error)".prefix(300))
        }
    }
}
