import ArgumentParser

/// `rekey renewal`: plans and carries out renewals.
struct RenewalCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "renewal",
        abstract: "Plans a key's renewal and carries it out step by step.",
        subcommands: [
            RenewalPlan.self, RenewalChange.self, RenewalApprove.self, RenewalStart.self, RenewalList.self,
            RenewalShow.self, RenewalStep.self, RenewalProbe.self, RenewalCanary.self, RenewalOverride.self,
            RenewalJournal.self, RenewalEvidenceCommand.self, RenewalRollback.self, RenewalAbort.self,
            RenewalNotifications.self, RenewalWindow.self, RenewalPartners.self, RenewalGuide.self,
        ]
    )
}
