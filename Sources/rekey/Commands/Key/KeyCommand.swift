import ArgumentParser

/// `rekey key`: the tenant keystore.
struct KeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key",
        abstract: "Shows and changes the keys of the tenant keystore.",
        subcommands: [
            KeyList.self, KeyShow.self, KeyCreate.self, KeyImport.self, KeyAdopt.self, KeyWhereUsed.self,
            KeyCertificate.self,
            KeyRequest.self, KeyAttach.self, KeyExchange.self, KeyExportCommand.self, KeyDestroy.self,
            KeyRename.self, KeyCompromise.self, KeyLedger.self, KeyAudit.self,
        ]
    )
}
