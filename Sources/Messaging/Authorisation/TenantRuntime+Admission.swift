import Logging
import WSSecurity

extension TenantRuntime {
    /// Whether a caller may send to a path.
    package enum AdmissionAnswer: Sendable {
        /// It may, if the flow demands nothing more by then.
        case admitted(Admission?)
        /// It may not; the answer for it.
        case refused(InboundReply)
    }

    /// Checks what the flow at `path` demands of its callers, before anything of the message is read; one that cannot be read now
    /// is answered in the SOAP version of `contentType`.
    package func admit(
        _ caller: InboundCaller,
        to path: String,
        contentType: String = ""
    ) async -> AdmissionAnswer {
        let found: FlowTable.Entry?
        do {
            found = try await reading.entry(path: path)
        } catch {
            return .refused(notRead(error, contentType))
        }
        guard let flow = found?.flow else { return .admitted(nil) }
        do throws(SenderDoor.Refusal) {
            return .admitted(try await door.admit(caller, to: flow.sender, context))
        } catch {
            context.count(.arrived, on: flow.id)
            context.count(.refused, on: flow.id)
            context.logger.warning(
                "Sender refused",
                metadata: [
                    "flow.id": "\(flow.id)", "partner.id": "\(flow.sender.partner)",
                    "peer.address": "\(caller.address)", "refusal.cause": "\(error.cause)",
                ]
            )
            return .refused(error.reply(flow.sender.soapVersion))
        }
    }
}

extension SenderDoor.Refusal {
    /// In words, for the log.
    fileprivate var cause: String {
        switch self {
        case .certificate(let cause): cause
        case .clear: "user and password are taken over TLS alone, and the listener has none"
        case .clearToken:
            "passwords as text are taken over TLS alone, and the listener has none: give it TLS, demand `usernameToken` in "
                + "`encrypted`, or set `usernameToken.withoutTLS`"
        case .password: "no or a wrong user and password"
        case .throttled: "too many wrong passwords from this address"
        }
    }

    fileprivate func reply(_ version: SOAPVersion) -> InboundReply {
        switch self {
        case .certificate: refusal(403, "A client certificate that is registered for this endpoint is needed", version)
        case .clear: refusal(403, "This endpoint takes user and password over TLS alone", version)
        case .clearToken: refusal(403, "This endpoint takes passwords as text over TLS alone", version)
        case .password:
            refusal(
                401,
                "User and password are needed",
                version,
                headers: [(name: "WWW-Authenticate", value: #"Basic realm="messages", charset="UTF-8""#)]
            )
        case .throttled:
            refusal(429, "Too many attempts failed", version, headers: [(name: "Retry-After", value: "60")])
        }
    }

    private func refusal(
        _ status: Int,
        _ reason: String,
        _ version: SOAPVersion,
        headers: [(name: String, value: String)] = []
    ) -> InboundReply {
        InboundReply(
            status: status,
            contentType: version.contentType,
            headers: headers,
            payload: Payload(SOAPFault(version: version, code: .client, reason: reason).envelope())
        )
    }
}
