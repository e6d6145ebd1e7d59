import WSSecurity

/// An envelope in SOAP 1.1 with a header block that may be signed.
func envelope(body: String) -> String {
    "<s:Envelope xmlns:s=\"\(SOAPVersion.soap11.namespace)\"><s:Header><a:MessageID "
        + "xmlns:a=\"http://www.w3.org/2005/08/addressing\">urn:uuid:1</a:MessageID></s:Header>"
        + "<s:Body>\(body)</s:Body></s:Envelope>"
}

/// The envelope under protection; without it no target can start.
func protected(_ envelope: [UInt8], _ protection: OutboundProtection) -> [UInt8] {
    do throws(SecurityFault) {
        return try MessageProtector(protection).protect(envelope, now: FuzzKeys.now)
    } catch {
        fatalError("the template cannot be protected: \(error)")
    }
}

extension String {
    /// The first element with that qualified name, as written.
    func element(_ name: String) -> String? {
        guard let start = firstRange(of: "<\(name)"), let end = firstRange(of: "</\(name)>") else { return nil }
        return String(self[start.lowerBound..<end.upperBound])
    }

    /// What stands between the first tag and the last one.
    var content: String {
        guard let start = firstIndex(of: ">"), let end = lastIndex(of: "<") else { return "" }
        return String(self[index(after: start)..<end])
    }
}
