import Foundation
import TestSupport

/// The files with which the tenant starts.
struct TenantFiles {
    let folder: URL
    let receiverPort: Int

    func write(masterKey: [UInt8], token: String, developerToken: String) throws {
        for name in ["flows", "tmp"] {
            let place = folder.appending(path: name)
            try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        }
        try write(Data(masterKey).base64EncodedString(), to: "master.key")
        try write(token, to: "token")
        try write(developerToken, to: "developer")
        try write("0", to: "clock")
        try write(Self.configuration, to: "tenant.yaml")
        try write(notices, to: "flows/notices.yaml")
        try write(orders, to: "flows/orders.yaml")
    }

    private func write(_ text: String, to name: String) throws {
        let file = folder.appending(path: name)
        try Data((text + "\n").utf8).write(to: file)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
    }

    private static let configuration = TenantDocument.yaml(
        people: [TenantDocument.administrator("administrator", token: "token"), TenantDocument.developer()],
        more: """
            limits: {reservedSpace: 0}
            clock: {rehearsalOffsetFile: ./clock}
            """
    )

    /// The one-way flow.
    var notices: String {
        """
        id: notices
        pattern: oneWay
        sender:
          partner: sender
          path: /in/notices
          request: {verify: [sender], decrypt: [tenant-decrypt], encrypted: [body]}
        receiver:
          partner: receiver
          url: http://127.0.0.1:\(receiverPort)/notices
          timeout: 2
          request: {sign: tenant-sign, encrypt: receiver}
        delivery: {guaranteed: 432000, firstRetry: 1, longestRetry: 1}
        """
    }

    /// The flow with replies.
    var orders: String {
        """
        id: orders
        pattern: requestReply
        sender:
          partner: sender
          path: /in/orders
          request: {verify: [sender], decrypt: [tenant-decrypt], encrypted: [body]}
          response: {sign: tenant-sign, encrypt: sender}
        receiver:
          partner: receiver
          url: http://127.0.0.1:\(receiverPort)/orders
          timeout: 2
          request: {sign: tenant-sign, encrypt: receiver}
          response: {verify: [receiver], decrypt: [tenant-decrypt], encrypted: [body]}
        """
    }
}
