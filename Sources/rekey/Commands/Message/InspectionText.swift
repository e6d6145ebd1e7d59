import WSSecurity

/// The text output of `message inspect`: what is wrong first, then the facts.
enum InspectionText {
    /// The report, ordered by importance.
    static func text(_ report: InspectionReport) -> String {
        var lines: [String] = []
        if let refusal = report.diagnosis.refusal, let code = refusal.code {
            lines.append("refused: \(code.rawValue): \(refusal.text)")
            lines += details(refusal)
        } else {
            lines.append(verdict(report))
        }
        for finding in report.diagnosis.findings where finding != report.diagnosis.refusal {
            lines.append((finding.code.map { "also: \($0.rawValue): " } ?? "note: ") + finding.text)
            lines += details(finding)
        }
        lines.append("")
        return (lines + facts(report)).joined(separator: "\n")
    }

    /// How many references of one signature are listed.
    private static let shown = 32

    private static func verdict(_ report: InspectionReport) -> String {
        let count = report.diagnosis.signatures.count
        return count == 0
            ? "nothing wrong found; no signature that could be checked"
            : "nothing wrong found; \(count == 1 ? "the signature is" : "\(count) signatures are") sound"
    }

    private static func details(_ finding: DiagnosisFinding) -> [String] {
        finding.evidence.map { "  " + $0 } + (finding.remedy.map { ["  mend: " + $0] } ?? [])
    }

    private static func facts(_ report: InspectionReport) -> [String] {
        let inspection = report.message
        let mark = inspection.hasByteOrderMark ? ", with byte order mark" : ""
        var lines = [
            "SOAP \(inspection.soapVersion), \(inspection.octetCount) octets\(mark), body: \(inspection.body ?? "empty")"
        ]
        var number = 0
        for header in inspection.security {
            lines.append("wsse:Security for \(header.actor ?? "the ultimate receiver")")
            if let timestamp = header.timestamp { lines.append("  timestamp: " + text(timestamp)) }
            for signature in header.signatures {
                let diagnosis = number < report.diagnosis.signatures.count ? report.diagnosis.signatures[number] : nil
                number += 1
                lines += text(signature, diagnosis)
            }
            lines += header.encryptedKeys.flatMap(text)
            lines += header.tokens.map { "  \($0.name)" + ($0.content.map { ": " + $0 } ?? "") }
        }
        return lines + violations(inspection.violations)
    }

    private static func text(_ timestamp: MessageInspection.Timestamp) -> String {
        let age =
            timestamp.ageInSeconds.map { ($0 < 0 ? ", made in the future by " : ", age ") + TimeSpan.text(Double($0)) }
            ?? ""
        let rest =
            timestamp.remainingSeconds.map {
                $0 < 0 ? ", expired \(TimeSpan.text(Double($0))) ago" : ", \(TimeSpan.text(Double($0))) left"
            } ?? ""
        return "\(timestamp.created ?? "no Created") to \(timestamp.expires ?? "no end")\(age)\(rest)"
    }

    private static func text(
        _ signature: MessageInspection.Signature,
        _ diagnosis: SignatureDiagnosis?
    ) -> [String] {
        var lines = ["  signature: \(word(signature.algorithm)), \(word(signature.canonicalization))"]
        lines += text(signature.key)
        if let diagnosis, !diagnosis.verifiedBy.isEmpty {
            lines.append("    made by the key of " + diagnosis.verifiedBy.joined(separator: ", "))
        }
        for (index, reference) in signature.references.prefix(shown).enumerated() {
            let judged = diagnosis.flatMap { index < $0.references.count ? $0.references[index] : nil }
            let mark = judged.map { $0.isSound ? "ok     " : $0.isEncrypted ? "closed " : "DIFFERS" } ?? "       "
            let transforms = reference.transforms.map(word).joined(separator: ", ")
            lines.append(
                "    \(mark) \(reference.target ?? "no element with id \(reference.uri)"): "
                    + "\(word(reference.digest)), \(transforms)"
            )
        }
        if signature.references.count > shown { lines.append("    and \(signature.references.count - shown) more") }
        return lines
    }

    private static func text(_ key: MessageInspection.EncryptedKey) -> [String] {
        ["  encrypted key: \(word(key.algorithm))"] + text(key.key)
            + key.data.map { data in
                "    encrypted: \(data.place ?? "nothing that is there"), \(data.algorithm.map(word) ?? "no data")"
            }
    }

    private static func text(_ key: MessageInspection.Key) -> [String] {
        var lines = ["    key by \(key.form): \(key.subject ?? key.text)"]
        if key.subject != nil {
            lines.append("      issuer \(key.issuer ?? "-"), serial \(key.serialNumber ?? "-")")
        }
        let prints = [("SKI", key.subjectKeyIdentifier), ("SHA-1 thumbprint", key.thumbprint)]
            .compactMap { name, value in value.map { "\(name) \($0)" } }
        if !prints.isEmpty { lines.append("      " + prints.joined(separator: ", ")) }
        if !key.knownAs.isEmpty { lines.append("      known as " + key.knownAs.joined(separator: ", ")) }
        if let end = key.notAfter { lines.append("      valid to \(Wording.moment(end))") }
        return lines
    }

    private static func violations(_ violations: [ProfileViolation]) -> [String] {
        let broken = violations.filter { $0.level == .must }
        var lines = broken.map { "BSP 1.1 \($0.rule) (\($0.element), line \($0.line)): \($0.text)" }
        let advice = Set(violations.filter { $0.level == .should }.map(\.rule)).sorted()
        if !advice.isEmpty { lines.append("BSP 1.1 recommends otherwise: \(advice.joined(separator: ", "))") }
        let outdated = Set(violations.filter { $0.level == .outdated }.map(\.rule)).sorted()
        if !outdated.isEmpty {
            lines.append("BSP 1.1 of 2010 knows only older algorithms: \(outdated.joined(separator: ", ")) (no fault)")
        }
        return lines
    }

    /// The last part of an algorithm's URI, which people know it by.
    private static func word(_ uri: String) -> String {
        let last = uri.split(whereSeparator: { $0 == "#" || $0 == "/" }).last.map(String.init) ?? "none"
        switch last {
        case "xml-exc-c14n": return "exclusive C14N"
        case "REC-xml-c14n-20010315": return "inclusive C14N"
        default: return last
        }
    }
}
