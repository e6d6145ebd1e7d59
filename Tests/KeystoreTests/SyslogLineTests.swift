import Foundation
import Keystore
import Testing

@Suite struct SyslogLineTests {
    @Test func `an entry becomes a message of RFC 5424 with its facts as structured data`() {
        let line = SyslogLine(host: "tenant.example", enterprise: 32_473).text(of: entry("flow.deploy", "orders"))
        let expected = "<109>1 2027-01-15T08:00:00.125Z tenant.example rekey - flow.deploy [audit@32473 sequence=\"1\""
        #expect(line.hasPrefix(expected))
        #expect(line.hasSuffix("] \u{FEFF}flow.deploy orders by tina"))
    }

    @Test func `a refusal is a warning`() {
        let line = SyslogLine(host: "", enterprise: 1).text(of: entry("renewal.claim.refused", "x"))
        #expect(line.hasPrefix("<108>1 2027-01-15T08:00:00.125Z - rekey - renewal.claim.refused ["))
    }

    @Test func `a value never ends its parameter, its element or its line`() {
        let line = SyslogLine(host: "a b\n", enterprise: 1).text(of: entry("ä action\n", "a\"b\\c]d\r\n<0>1 ü"))
        #expect(line.contains("subject=\"a\\\"b\\\\c\\]d␍␊<0>1 ü\""))
        #expect(!line.contains { $0.isNewline })
        #expect(line.hasPrefix("<109>1 2027-01-15T08:00:00.125Z ab rekey - action ["))
    }

    private func entry(_ action: String, _ subject: String) -> AuditEntry {
        AuditEntry(
            following: nil,
            at: Date(timeIntervalSince1970: 1_800_000_000.125),
            actor: "tina",
            action: action,
            subject: subject,
            detail: ""
        )
    }
}
