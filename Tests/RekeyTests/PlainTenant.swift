import Foundation
import TestSupport

/// A tenant whose flows protect nothing, for tests of what goes on around messages.
enum PlainTenant {
    /// Writes its files: the people `first`, its administrator, and `developer`, and one flow; `more` is configuration.
    static func prepare(_ program: Program, flow: String, more: String = "") throws {
        try program.file("master.key", Data(repeating: 7, count: 32).base64EncodedString())
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o600],
            ofItemAtPath: program.folder.appending(path: "master.key").path
        )
        let people = [TenantDocument.administrator("first", token: "first"), TenantDocument.developer()]
        try program.file("tenant.yaml", TenantDocument.yaml(people: people, more: more))
        for person in ["first", "developer"] { try program.file(person, "a-token-of-the-person-" + person) }
        try FileManager.default.createDirectory(
            at: program.folder.appending(path: "flows"),
            withIntermediateDirectories: true
        )
        try program.file("flows/orders.yaml", flow)
    }

    /// Posts a message to `/in/orders` and returns the beginning of the answer.
    static func post(_ message: String, to tenant: RunningTenant) throws -> String {
        let socket = try TenantSocket(port: tenant.messagePort)
        socket.send(
            "POST /in/orders HTTP/1.1\r\nHost: tenant\r\nContent-Type: text/xml\r\nSOAPAction: \"\"\r\n"
                + "Content-Length: \(message.utf8.count)\r\nConnection: close\r\n\r\n" + message
        )
        return socket.receive(until: "</")
    }

    /// Posts an envelope of about that size.
    static func post(octetCount: Int, to tenant: RunningTenant) throws -> String {
        let filler = String(repeating: "x", count: octetCount)
        return try post(
            #"<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><a>"# + filler
                + "</a></s:Body></s:Envelope>",
            to: tenant
        )
    }
}
