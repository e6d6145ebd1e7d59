import FoundationEssentials
import WSSecurity

extension IntegrationFlow {
    /// Reads a flow document.
    ///
    /// - Parameters:
    ///   - yaml: One YAML document of at most 64 KiB with the keys `id`, `pattern`, `sender`, `receiver`, `delivery`.
    ///   - file: What to call the document in errors.
    /// - Throws: ``FlowError`` with the place, the cause and what mends it.
    package init(yaml: String, file: String = "flow") throws(FlowError) {
        var reader = try FlowReader(document: yaml, file: file)
        let name = try reader.requiredText("id", example: "orders")
        guard let id = FlowID(rawValue: name) else {
            throw reader.error("id", "is `\(name)`", mend: "use letters, digits, `.`, `_`, `-`; at most 64")
        }
        let patterns = FlowPattern.allCases.map { ($0.rawValue, $0) }
        guard let pattern = try reader.choice("pattern", of: patterns) else {
            throw reader.error(
                "pattern",
                "is missing",
                mend: "add `pattern: requestReply`, `pattern: oneWay` or `pattern: oneWayRobust`"
            )
        }
        self.id = id
        self.pattern = pattern
        sender = try SenderChannel(reading: reader.requiredBelow("sender"), pattern: pattern)
        receiver = try ReceiverChannel(
            reading: reader.requiredBelow("receiver"),
            pattern: pattern,
            version: sender.soapVersion,
            assertion: sender.request.demands.assertion?.confirmation
        )
        delivery =
            try reader.below("delivery")
            .map { reader throws(FlowError) in
                try DeliveryTerms(reading: reader, pattern: pattern)
            }
            ?? DeliveryTerms()
        self.yaml = yaml
        try reader.end()
    }
}

extension SenderChannel {
    fileprivate init(reading reader: consuming FlowReader, pattern: FlowPattern) throws(FlowError) {
        partner = try reader.partner()
        path = try reader.requiredText("path", example: "/in/orders")
        guard Self.isPath(path) else {
            throw reader.error(
                "path",
                "is `\(path)`",
                mend: "begin with `/` and use letters, digits, `.`, `_`, `-`, `/`"
            )
        }
        let versions = SOAPVersion.allCases.map { ($0.rawValue, $0) }
        soapVersion = try reader.choice("soap", of: versions) ?? .soap11
        authorisation = try SenderAuthorisation(reading: &reader, at: "authorisation")
        mustUnderstand =
            try reader.choice("mustUnderstand", of: MustUnderstand.allCases.map { ($0.rawValue, $0) }) ?? .fault
        wsdlBase = try reader.value(
            "wsdl",
            expecting: "give the base URL that senders use, such as https://gateway.example"
        ) {
            let parsed = URL(string: $0)
            let isBase = ["http", "https"].contains(parsed?.scheme ?? "") && !(parsed?.host() ?? "").isEmpty
            return isBase && parsed?.user() == nil && parsed?.query() == nil && !$0.hasSuffix("/") ? $0 : nil
        }
        request = try ChannelPolicy(reading: reader.requiredBelow("request"), ofRequests: true)
        response = try reader.response(in: pattern) { reader throws(FlowError) in
            try ChannelProtection(reading: reader, ofRequests: false)
        }
        allowsSelfTest = try reader.flag("selfTest") ?? false
        if allowsSelfTest { try Self.checkSelfTest(reader, request, response) }
        try reader.end()
    }

    /// A nonce that anybody could read or return would prove nothing about the sender.
    private static func checkSelfTest(
        _ reader: FlowReader,
        _ request: ChannelPolicy,
        _ response: ChannelProtection?
    ) throws(FlowError) {
        guard let response, response.sign != nil || response.encrypt != nil else {
            throw reader.error("selfTest", "stands in a flow without protected answers", mend: "remove it")
        }
        guard !request.verify.isEmpty, request.demands.signed.contains(.body) else {
            throw reader.error(
                "selfTest",
                "would take a nonce from anybody",
                mend: "demand signed requests: `request.verify`, with `body` in `signed`"
            )
        }
        guard response.encrypt == nil || response.encryption.parts.contains(.body) else {
            throw reader.error("selfTest", "would show its nonce in the clear", mend: "encrypt `body` in `response`")
        }
    }

    private static func isPath(_ path: String) -> Bool {
        path.hasPrefix("/") && path.utf8.count <= 256
            && path.utf8.allSatisfy { octet in
                (0x2D...0x39).contains(octet) || (0x41...0x5A).contains(octet) || (0x61...0x7A).contains(octet)
                    || octet == 0x5F
            }
    }
}

extension ReceiverChannel {
    /// `assertion` is how that of the sender's requests is confirmed.
    fileprivate init(
        reading reader: consuming FlowReader,
        pattern: FlowPattern,
        version: SOAPVersion,
        assertion: CarriedAssertion.Confirmation?
    ) throws(FlowError) {
        partner = try reader.partner()
        url = try reader.requiredText("url", example: "https://receiver.example/orders")
        guard let parsed = URL(string: url), ["http", "https"].contains(parsed.scheme ?? ""),
            !(parsed.host() ?? "").isEmpty, parsed.user() == nil
        else {
            throw reader.error("url", "is `\(url)`", mend: "give an absolute http or https URL without user name")
        }
        tls = try reader.below("tls").map { reader throws(FlowError) in try ReceiverTLS(reading: reader) }
        guard tls == nil || parsed.scheme == "https" else {
            throw reader.error("tls", "stands with a URL that has no TLS", mend: "use https, or remove `tls`")
        }
        timeout = try reader.seconds("timeout") ?? .seconds(60)
        compresses = try reader.flag("compress") ?? false
        request = try ChannelProtection(reading: reader.requiredBelow("request"), ofRequests: true)
        guard request.user?.password != .text || request.encrypt != nil || parsed.scheme == "https" else {
            throw reader.error(
                "url",
                "would carry a password in the clear",
                mend: "use https, encrypt the message, or send the password's digest: `password: digest`"
            )
        }
        try request.checkAssertion(reader, pattern, confirmedBy: assertion, isSecret: parsed.scheme == "https")
        response = try reader.response(in: pattern) { reader throws(FlowError) in
            let policy = try ChannelPolicy(reading: reader, ofRequests: false)
            guard !policy.savesIncoming else {
                throw reader.error("saveIncoming", "is for requests of senders", mend: "set it in `sender.request`")
            }
            return policy
        }
        triesKeysByShare = try reader.flag("canary") ?? false
        let isProtected = request.sign != nil || request.encrypt != nil
        probe = try reader.below("probe")
            .map { reader throws(FlowError) in
                try FlowProbe(reading: reader, pattern: pattern, version: version, isProtected: isProtected)
            }
        try reader.end()
    }
}

extension ChannelProtection {
    /// What is forwarded must have come, and whoever reads an assertion on the way must not be able to use it.
    fileprivate func checkAssertion(
        _ reader: FlowReader,
        _ pattern: FlowPattern,
        confirmedBy confirmation: CarriedAssertion.Confirmation?,
        isSecret: Bool
    ) throws(FlowError) {
        guard let assertion else { return }
        let key = "request"
        guard sign != nil || isSecret || isEncrypted(.samlAssertion) else {
            throw reader.error(
                "url",
                "would carry a SAML assertion in the clear that nothing binds to the message",
                mend: "use https, sign the message, or encrypt the assertion: `encrypted: [body, samlAssertion]`"
            )
        }
        guard assertion == .ofRequest else { return }
        guard pattern == .requestReply else {
            throw reader.error(
                key,
                "forwards the assertion of a request that is stored, and may end before it is delivered",
                mend: "use `samlAssertion: {credential: NAME}`, or `pattern: requestReply`"
            )
        }
        guard let confirmation else {
            throw reader.error(
                key,
                "forwards an assertion that `sender.request` does not demand",
                mend: "set `sender.request.samlAssertion`"
            )
        }
        guard confirmation != .holderOfKey else {
            throw reader.error(
                key,
                "forwards an assertion that is confirmed by the sender's key, with which the tenant cannot sign",
                mend: "use `samlAssertion: {credential: NAME}` with an assertion of the tenant's own"
            )
        }
    }

    private func isEncrypted(_ part: MessagePart) -> Bool {
        encrypt != nil && (encryption.parts.contains(part) || encryption.wholeParts.contains(part))
    }
}

extension DeliveryTerms {
    fileprivate init(reading reader: consuming FlowReader, pattern: FlowPattern) throws(FlowError) {
        guaranteed = try reader.seconds("guaranteed") ?? guaranteed
        firstRetry = try reader.seconds("firstRetry") ?? firstRetry
        longestRetry = try reader.seconds("longestRetry") ?? longestRetry
        isOrdered = try reader.flag("ordered") ?? isOrdered
        guard !isOrdered || pattern == .oneWay else {
            throw reader.error("ordered", "stands in a flow that stores nothing", mend: "use `pattern: oneWay`")
        }
        try reader.end()
    }
}

extension FlowReader {
    /// What stands below `response`: demanded where answers go back, refused where there are none, possible where faults do.
    fileprivate mutating func response<Value>(
        in pattern: FlowPattern,
        read: (FlowReader) throws(FlowError) -> Value
    ) throws(FlowError) -> Value? {
        switch pattern {
        case .requestReply: return try read(requiredBelow("response"))
        case .oneWayRobust: return try below("response").map(read)
        case .oneWay:
            guard try below("response") == nil else {
                throw error("response", "stands in a one-way flow", mend: "remove it, or use `pattern: requestReply`")
            }
            return nil
        }
    }
}
