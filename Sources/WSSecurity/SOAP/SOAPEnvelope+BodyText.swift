import XML

extension SOAPEnvelope {
    /// The text of Body's one element, without white space round it.
    ///
    /// Throws `malformedMessage` when `octets` are no SOAP envelope, pass the limits, or have none or several elements in Body.
    package static func bodyElementText(
        of octets: [UInt8],
        limits: ProcessingLimits = ProcessingLimits()
    ) throws(SecurityFault) -> String {
        let document = try XMLDocument(message: octets, limits: limits.xml)
        let layout = try EnvelopeLayout(of: document)
        guard let element = document.onlyElement(in: layout.body) else {
            throw SecurityFault(.malformedMessage, "Body does not have one element")
        }
        return document.trimmedText(of: element)
    }
}
