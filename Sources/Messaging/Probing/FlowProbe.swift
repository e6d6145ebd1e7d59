import WSSecurity

/// A harmless message that a flow's developer agreed with the receiver: it tries a key out and does nothing else.
package struct FlowProbe: Hashable, Sendable {
    /// The element in Body, as XML.
    let body: String
    /// `wsa:Action`, and SOAP 1.1's `SOAPAction`.
    package let action: String?
    /// The name of the element that the answer has in Body; `nil` = any answer without a fault will do.
    let expected: Answer?

    /// The name of an element.
    struct Answer: Hashable, Sendable {
        let namespace: String
        let localName: String
    }

    /// The message, with a `wsa:MessageID` of its own.
    func envelope(_ version: SOAPVersion, messageID: String) -> [UInt8] {
        let action = action.map { "<wsa:Action>\($0.escapedForXML)</wsa:Action>" } ?? ""
        let text =
            #"<soap:Envelope xmlns:soap="\#(version.namespace)" xmlns:wsa="http://www.w3.org/2005/08/addressing">"#
            + "<soap:Header>\(action)<wsa:MessageID>\(messageID.escapedForXML)</wsa:MessageID></soap:Header>"
            + "<soap:Body>\(body)</soap:Body></soap:Envelope>"
        return Array(text.utf8)
    }
}

extension FlowProbe {
    /// Reads `receiver.probe`; `isProtected` says whether requests are signed or encrypted at all.
    init(
        reading reader: consuming FlowReader,
        pattern: FlowPattern,
        version: SOAPVersion,
        isProtected: Bool
    ) throws(FlowError) {
        body = try reader.requiredText("body", example: "<p:Ping xmlns:p=\"urn:example\"/>")
        action = try reader.text("action")
        expected = try reader.value("expect", expecting: "give the answer's element, such as `'{urn:example}Pong'`") {
            name in
            Answer(clark: name)
        }
        guard isProtected else {
            throw reader.error(
                "body",
                "would prove nothing",
                mend: "set `request.sign` or `request.encrypt`, or remove it"
            )
        }
        guard expected == nil || pattern == .requestReply else {
            throw reader.error("expect", "stands in a flow without answers", mend: "remove it")
        }
        let message = envelope(version, messageID: "urn:uuid:probe")
        let isOneElement = (try? SOAPEnvelope.bodyElementText(of: message)) != nil
        guard isOneElement, let read = try? SOAPEnvelope(message), !read.isFault, !read.hasSecurityHeader else {
            throw reader.error("body", "is not one XML element", mend: "write it with its namespaces declared in it")
        }
        try reader.end()
    }
}

extension FlowProbe.Answer {
    /// Reads `{namespace}local`.
    fileprivate init?(clark text: String) {
        guard text.hasPrefix("{"), let end = text.firstIndex(of: "}") else { return nil }
        let local = String(text[text.index(after: end)...])
        guard !local.isEmpty, local.allSatisfy({ !$0.isWhitespace && !"{}<>&".contains($0) }) else { return nil }
        self.init(namespace: String(text[text.index(after: text.startIndex)..<end]), localName: local)
    }
}

extension String {
    fileprivate var escapedForXML: String {
        reduce(into: "") { text, character in
            switch character {
            case "&": text += "&amp;"
            case "<": text += "&lt;"
            case ">": text += "&gt;"
            default: text.append(character)
            }
        }
    }
}
