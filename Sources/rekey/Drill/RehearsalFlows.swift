/// The integration flows between the partners of a lane, as the YAML that the integration developer deploys.
struct RehearsalFlows {
    /// Whose flows they are.
    let lane: Lane
    /// Where the receiver system listens on loopback.
    let receiverPort: Int

    /// Request and reply, all four messages signed and encrypted.
    var orders: String {
        """
        id: \(lane.orders)
        pattern: requestReply
        sender:
        \(senderChannel(path: lane.orders))
          selfTest: true
          response:
            sign: \(lane.responseSigning)
            encrypt: \(lane.senderEncryption)
        receiver:
        \(receiverChannel(path: "orders"))
          probe:
            action: urn:rekey:rehearsal:Ping
            body: <m:Ping xmlns:m="urn:rekey:rehearsal"/>
            expect: '{urn:rekey:rehearsal}Pong'
          response:
            verify: [\(lane.receiverSigning)]
            decrypt: [\(lane.responseDecryption)]
            signed: [body, timestamp]
            encrypted: [body]
        """
    }

    /// One way: stored before the sender is answered, delivered after that.
    var notices: String {
        """
        id: \(lane.notices)
        pattern: oneWay
        sender:
        \(senderChannel(path: lane.notices))
        receiver:
        \(receiverChannel(path: "notices"))
        """
    }

    private func senderChannel(path: String) -> String {
        """
          partner: \(lane.sender)
          path: /in/\(path)
          soap: "1.1"
          request:
            verify: [\(lane.senderSigning)]
            decrypt: [\(lane.requestDecryption)]
            signed: [body, timestamp]
            encrypted: [body]
        """
    }

    private func receiverChannel(path: String) -> String {
        """
          partner: \(lane.receiver)
          url: http://127.0.0.1:\(receiverPort)/\(path)
          timeout: 20
          request:
            sign: \(lane.requestSigning)
            encrypt: \(lane.receiverEncryption)
        """
    }
}
