/// The operator's guide to renewals: Markdown made of the use cases, the planner and the clocks, so that it says what is done.
package struct OperatorGuide: Sendable {
    /// A page of the guide.
    package struct Page: Hashable, Sendable {
        /// Its file name.
        package let name: String
        /// Its Markdown.
        package let text: String

        package init(name: String, text: String) {
            self.name = name
            self.text = text
        }
    }

    private let settings: RenewalSettings

    /// A guide whose waits are those of `settings`.
    package init(settings: RenewalSettings = RenewalSettings()) {
        self.settings = settings
    }

    /// The index, then one page for each of the eight cases.
    package func pages() throws -> [Page] {
        [Page(name: "README.md", text: index)] + (try UseCaseName.allCases.map(page))
    }

    /// The page of one case.
    package func page(of useCase: UseCaseName) throws -> Page {
        let procedures = (Procedure.all + Procedure.additional).filter { $0.useCase == useCase }
        let sections = try procedures.map { procedure in
            try GuideSection(procedure, settings: settings).text
        }
        let text = ([head(of: useCase)] + sections).joined(separator: "\n\n") + "\n"
        return Page(name: useCase.pageName, text: text)
    }

    private func head(of useCase: UseCaseName) -> String {
        """
        # \(useCase.rawValue)

        <!-- Made by `scripts/renewal-guide` of Sources/Renewal/UseCases; a test compares. -->

        \(useCase.sentence) The key pair is owned by the \(useCase.keyOwner); the tenant keystore holds \
        \(useCase.holding). [All cases](README.md)
        """
    }

    private var index: String {
        """
        # The operator's guide

        <!-- Made by `scripts/renewal-guide` of Sources/Renewal/UseCases; a test compares. -->

        One page for each case of WS-Security in which a key is renewed. Inbound and outbound are seen from the tenant: a sender system
        starts the inbound exchange, the tenant the outbound one with a receiver system. `rekey renewal plan ALIAS` says which cases a key
        has, with whom, and joins their steps; these pages show each case alone, with the very steps that such a plan has.

        | case | exchange, message | key pair of | tenant keystore holds | the partner's part | variants |
        | --- | --- | --- | --- | --- | --- |
        \(UseCaseName.allCases.map(row).joined(separator: "\n"))

        *Dual*: the partner's system handles the old and the new key at the same time. *Single*: one key at a time, so a downtime is agreed.
        *Only*: the tenant itself accepts both keys during the overlap, whatever the partner can do. *Double*, which no document prescribes
        and a plan chooses (`--double PARTNER`): messages carry two signatures, or are encrypted for two recipients, instead of a downtime.

        *Source* names a document of SAP's integration documentation, "Security Artifact Renewal for WS-Security", by its number in docs/procedures.md.

        ## Roles

        | role | acts on |
        | --- | --- |
        | tenant administrator | the tenant keystore; coordinates every renewal |
        | integration developer | the integration flows: undeploys and redeploys them |
        | sender administrator | the sender system's keys and configuration |
        | receiver administrator | the receiver system's keys and configuration |

        Each types its commands with its own token; nobody can do another's step.

        ## Waits

        | letters | what | by default |
        | --- | --- | --- |
        | P | a keyset is on every node | as measured |
        | S, M, X, G, Z | clock skew, lifetime of a message, synchronous timeout, guaranteed delivery, safety margin | \
        \(waits([settings.clockSkew, settings.messageLifetime, settings.synchronousTimeout, settings.guaranteedDelivery, settings.safetyMargin])) |
        | A + C + S + Z | a step of a person is overdue and its role reminded | \(settings.reminderWait.inWords) |
        | exchange + P + X + M + S + Z | a partner may remove the old key | \(settings.removalWait.inWords) |
        | last seen + max(G, X) + M + S + Z | the tenant stops accepting the old key | \(settings.acceptanceWait.inWords) |
        | exchange + 90 days | the old key may be destroyed, by two persons | \(settings.retention.inWords) |

        ## When something is in the way

        `rekey renewal show RENEWAL` says of every step what it waits for. Before the exchange a renewal is given up with `rekey renewal abort`,
        afterwards taken back with `rekey renewal rollback`, as long as every partner still handles the old key. A step that only traffic can
        prove is accepted without it by two persons (`rekey renewal override`, each with a reason); what protects messages never is.
        """ + "\n"
    }

    private func row(of useCase: UseCaseName) -> String {
        let variants = Procedure.all.filter { $0.useCase == useCase }.map(\.variant.rawValue).joined(separator: ", ")
        return
            "| [\(useCase.rawValue)](\(useCase.pageName)) | \(useCase.exchange) | \(useCase.keyOwner) | \(useCase.holding) "
            + "| \(useCase.partnerPart) | \(variants) |"
    }

    private func waits(_ durations: [Duration]) -> String { durations.map(\.inWords).joined(separator: ", ") }
}
