extension PlannedStep {
    /// When it begins and what proves it, for people who review a plan.
    func course(in plan: RenewalPlan, _ settings: RenewalSettings) -> String {
        let isSingle = plan.tracks.contains { $0.variant == .single }
        let begins = entry.words(settings, isSingle: isSingle).map { "Begins when \($0). " } ?? ""
        let due = kind.isPerformedBySystem ? "" : " Overdue \(settings.reminderWait.inWords) after it may begin."
        return "\(begins)Counts when \(proof.words(settings)).\(due)"
    }
}
