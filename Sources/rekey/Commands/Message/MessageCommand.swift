import ArgumentParser

/// `rekey message`: protects and checks single SOAP messages, without a tenant.
struct MessageCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "message",
        abstract: "Signs, verifies, encrypts, decrypts, inspects and compares SOAP messages in files and pipes.",
        discussion: """
            A message is read from the file that is named, or from standard input, and written to standard output, or \
            to the file of --out. Two commands in a pipe sign then encrypt, or encrypt then sign:

              rekey message sign --key a.key --certificate a.pem m.xml | rekey message encrypt --certificate b.pem

            Exit status: 0 accepted, 1 refused (with the OASIS fault code and the cause), 2 wrong command line.
            """,
        subcommands: [
            MessageSign.self, MessageVerify.self, MessageEncrypt.self, MessageDecrypt.self, MessageInspect.self,
            MessageDiff.self,
        ]
    )
}
