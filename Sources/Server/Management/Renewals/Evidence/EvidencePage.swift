import Cryptography
import FoundationEssentials
import Keystore
import Renewal

/// The evidence of a renewal as one HTML file: no scripts, nothing loaded from elsewhere, made to be printed.
struct EvidencePage {
    let evidence: RenewalEvidence

    /// The whole file.
    var text: String {
        let view = evidence.view
        let page: HTML = """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <title>Renewal \(view.id.rawValue): evidence</title>
            <style>
            body{font:10pt/1.4 sans-serif;max-width:60em;margin:2em auto;padding:0 1em;color:#000;background:#fff}
            table{border-collapse:collapse;width:100%;margin:.5em 0 1.5em}
            th,td{border:1px solid #999;padding:.25em .4em;text-align:left;vertical-align:top;overflow-wrap:anywhere}
            thead{display:table-header-group}tr{break-inside:avoid}h2{break-after:avoid;margin-top:1.5em}
            code,pre{font:9pt monospace;overflow-wrap:anywhere;white-space:pre-wrap}
            </style></head><body>
            <h1>Renewal \(view.id.rawValue)</h1>
            \(summary)<h2>Keys</h2>
            \(keys)<h2>Use cases and partners</h2>
            \(tracks)<h2>Steps and their proofs</h2>
            \(steps)<h2>Downtime</h2>
            \(downtime)<h2>Overrides</h2>
            \(overrides)<h2>People and roles</h2>
            \(people)<h2>Timeline</h2>
            \(timeline)<h2>Audit log</h2>
            \(audit)<h2>How to verify</h2>
            \(verifying)</body></html>

            """
        return page.markup
    }

    private var summary: HTML {
        let view = evidence.view
        let rows: [(String, String)] = [
            ("Key", view.alias.rawValue), ("State", view.status.rawValue), ("Tenant", evidence.tenant),
            ("Planned", moment(view.plannedAt)), ("Exchanged", moment(view.exchangedAt)),
            ("Weakest proof", view.weakestProof?.rawValue ?? "none yet"),
            ("Guards", view.isUnguarded ? "switched off: a rehearsal" : "on"),
            ("This file", "made \(moment(evidence.madeAt)) by \(evidence.madeBy)"),
        ]
        return "<table>\(rows.map { "<tr><th>\($0.0)</th><td>\($0.1)</td></tr>\n" as HTML })</table>\n"
    }

    private var keys: HTML {
        .table(
            ["version", "state", "SHA-256 of the certificate", "subject, serial number", "valid"],
            evidence.versions.map { version in
                let certificate = version.certificate
                return [
                    "\(version.id.number) (\(version.id.number == evidence.view.oldVersion.number ? "old" : "new"))",
                    "\(version.state.rawValue)", "<code>\(certificate?.fingerprint ?? "")</code>",
                    "\(certificate?.subject ?? ""), \(certificate?.serialNumber ?? "")",
                    "\(moment(certificate?.notBefore)) to \(moment(certificate?.notAfter))",
                ]
            }
        )
    }

    private var tracks: HTML {
        .table(
            ["case", "variant", "partner", "flows"],
            evidence.view.tracks.map { track in
                [
                    "\(track.useCase.rawValue)", "\(track.variant.rawValue)", "\(track.partner.rawValue)",
                    "\(track.flows.joined(separator: ", "))",
                ]
            }
        )
    }

    private var steps: HTML {
        .table(
            ["step", "role", "what", "partner", "flows", "state", "claimed", "settled", "grade (least)", "proof"],
            evidence.view.steps.map { step in
                let grades = "\(step.guardView.reachedGrade?.rawValue ?? "–") (\(step.guardView.minimumGrade.rawValue))"
                let partners = step.partners.map(\.rawValue).joined(separator: ", ")
                let flows = step.flows.joined(separator: ", ")
                return [
                    "\(step.id.rawValue)", "\(step.role.words), \(step.organisation)", "\(step.title)",
                    "\(partners)", "\(flows)", "\(step.state.rawValue)",
                    "\(step.claimedBy?.name ?? "") \(moment(step.claimedAt))",
                    "\(moment(step.settledAt))", "\(grades)", "\(step.guardView.explanation)",
                ]
            }
        )
    }

    private var downtime: HTML {
        let downtimes = evidence.downtimes.flatMap { downtime in
            [
                ("planned with \(downtime.partners)", downtime.planned?.start, downtime.planned?.end),
                ("traffic stood still, with \(downtime.partners)", downtime.start, downtime.end),
            ]
        }
        let takenBack = evidence.takenBack.map { ("taken back for \($0.partner): \($0.reason)", $0.start, $0.end) }
        guard !downtimes.isEmpty else { return "<p>No downtime was needed.</p>\n" }
        return .table(
            ["", "start", "end"],
            (downtimes + takenBack).map { what, start, end in ["\(what)", "\(moment(start))", "\(moment(end))"] }
        )
    }

    private var overrides: HTML {
        .table(
            ["step", "when", "asked for by", "second person", "reason"],
            evidence.journal.compactMap { entry -> [HTML]? in
                guard case .overridden(let step, let reason, let first) = entry.event else { return nil }
                return [
                    "\(step.rawValue)", "\(moment(entry.at))", "\(first.description)", "\(entry.actor.description)",
                    "\(reason)",
                ]
            }
        )
    }

    private var people: HTML {
        .table(
            ["name", "role", "organisation", "entries in the journal"],
            evidence.people.map { actor, acts in
                ["\(actor.name)", "\(actor.role.words)", "\(actor.organisation)", "\(acts)"]
            }
        )
    }

    private var timeline: HTML {
        .table(
            ["", "when", "who", "what", "step", "facts"],
            evidence.journal.map { entry in
                [
                    "\(entry.sequence)", "\(moment(entry.at))", "\(entry.actor.name)", "\(entry.event.name)",
                    "\(entry.event.step?.rawValue ?? "")", "\(entry.event.detail)",
                ]
            }
        )
    }

    private var audit: HTML {
        .table(
            ["entry", "when", "who", "what", "to", "hash"],
            evidence.audit.map { entry in
                [
                    "\(entry.sequence)", "\(moment(entry.at))", "\(entry.actor)", "\(entry.action)",
                    "\(entry.subject)", "<code>\(Hexadecimal.text(entry.hash))</code>",
                ]
            }
        )
    }

    private var verifying: HTML {
        let (first, last) = (evidence.audit.first?.sequence ?? 0, evidence.audit.last?.sequence ?? 0)
        let how: HTML = """
            <p>Entries \(first) to \(last) of the tenant's audit log hold what is shown here. Export them with
            <code>rekey audit export --from \(first) -o audit.jsonl</code> and verify the file with
            <code>rekey audit verify audit.jsonl --certificate audit-key.pem</code>; compare the hashes, and the fingerprints of
            the certificates over a second channel.</p>

            """
        guard let checkpoint = evidence.checkpoint, let certificate = evidence.signer?.certificate else {
            return "\(how)<p>No checkpoint signs entry \(last) yet: make this file again in a few minutes.</p>\n"
        }
        return """
            \(how)<p>Signed with entry \(checkpoint.sequence), hash
            <code>\(Hexadecimal.text(checkpoint.hash))</code>, at \(moment(checkpoint.at)): ECDSA with SHA-256, r and s
            <code>\(Hexadecimal.text(checkpoint.signature))</code> by the key with the certificate
            <code>\(certificate.fingerprint)</code>:</p>
            <pre>\(certificate.pem)</pre>

            """
    }

    private func moment(_ date: Date?) -> String {
        date?.formatted(.iso8601) ?? ""
    }
}
