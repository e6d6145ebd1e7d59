import WSSecurity

/// The text output of `message inspect`.
enum InspectionText {
    /// A message's protection, one fact a line.
    static func text(_ inspection: MessageInspection) -> String {
        var lines = ["SOAP \(inspection.soapVersion), \(inspection.octetCount) octets"]
        lines.append("body: \(inspection.body ?? "empty")")
        lines += inspection.headerBlocks.map { "header block: \($0)" }
        if inspection.security.isEmpty { lines.append("no wsse:Security header") }
        lines += inspection.security.flatMap(header)
        return lines.joined(separator: "\n")
    }

    private static func header(_ header: MessageInspection.Header) -> [String] {
        var lines = ["security header for \(header.actor ?? "the ultimate receiver"):"]
        if let created = header.created {
            lines.append("  timestamp: \(created) to \(header.expires ?? "no end")")
        }
        for signature in header.signatures {
            lines.append("  signature: \(signature.algorithm), key: \(signature.key)")
            lines += signature.references.map { reference in
                "    \(reference.target ?? "nothing that is clear") by \(reference.uri), digest \(reference.digest)"
            }
        }
        for key in header.encryptedKeys {
            lines.append("  encrypted key: \(key.algorithm), key: \(key.key)")
            lines += key.data.map { data in
                "    \(data.place ?? "no place that is clear"): \(data.algorithm ?? "the data are missing")"
            }
        }
        return lines + header.others.map { "  also: \($0)" }
    }
}
