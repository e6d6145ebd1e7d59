import Testing
import WSSecurity

@Suite("zeep", .tags(.foreign), .enabled(if: ForeignStack.isWanted, "\(ForeignStack.absence)"))
struct ZeepTests {
    @Test("verifies what Rekey signs, and python-xmlsec decrypts what it encrypts")
    func processesOurs() async throws {
        try await Workbench(.zeep).peerProcesses(Cell.all) { _ in nil }.report()
    }

    @Test("signs nothing that Rekey does not verify, and python-xmlsec encrypts nothing that it does not decrypt")
    func isProcessed() async throws {
        try await Workbench(.zeep).rekeyProcesses(Cell.all, cannot: cannotWrite).report()
    }

    @Test("refuses a message of ours that was changed or that a stranger signed, so its consent means something")
    func refusesForgeries() async throws {
        try await Forgeries(Workbench(.zeep)).areRefused()
    }

    private func cannotWrite(_ cell: Cell) -> String? {
        if cell.isSigned && ![.binarySecurityToken, .issuerSerial].contains(cell.reference) {
            return
                "zeep signs with a token or with issuer and serial number, and has no class that writes another reference"
        }
        if cell.isEncrypted && ![.binarySecurityToken, .thumbprint].contains(cell.reference) {
            return "python-xmlsec writes no SecurityTokenReference; ours for it needs only the certificate's octets "
                + "(token, thumbprint), the other references need a certificate parser that it does not bring"
        }
        return nil
    }
}
