import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import OrderSecurity
import WSSecurity

/// Takes orders on loopback, at a port that it prints: `OrderService FOLDER-OF-KEYS`.
@main
struct OrderService {
    static func main() async throws {
        let keys = KeyFolder(CommandLine.arguments.dropFirst().first ?? "keys")
        let exchange = try OrderExchange(own: "service", partner: "client", keys: keys)
        let router = Router()
        router.post("orders") { request, _ -> Response in
            let message = try await request.body.collect(upTo: 4 << 20)
            return answer(to: Array(message.readableBytesView), exchange)
        }
        let application = Application(
            router: router,
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { channel in
                print("http://127.0.0.1:\(channel.localAddress?.port ?? 0)/orders")
                fflush(nil)
            }
        )
        try await application.runService()
    }

    private static func answer(to message: [UInt8], _ exchange: OrderExchange) -> Response {
        do throws(SecurityFault) {
            let order = try exchange.open(message)
            guard let number = OrderMessage.number(inBody: order.body) else {
                return response(SOAPFault(version: order.version, code: .client, reason: "no order number"))
            }
            return response(.ok, order.version, try exchange.protect(OrderMessage.confirmation(number)))
        } catch {
            // The cause is for our log alone; the peer gets one fault for every failure of a key, signature or decryption.
            FileHandle.standardError.write(Data("refused: \(error)\n".utf8))
            return response(SOAPFault.security(error, version: .soap11))
        }
    }

    private static func response(_ fault: SOAPFault) -> Response {
        response(.internalServerError, fault.version, fault.envelope())
    }

    private static func response(_ status: HTTPResponse.Status, _ version: SOAPVersion, _ octets: [UInt8]) -> Response {
        Response(
            status: status,
            headers: [.contentType: version.contentType],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: octets))
        )
    }
}
