import Foundation
import Hummingbird
import Logging
import NIOCore
import Renewal

/// What travels with a request through the management API.
struct ManagementContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// The address of the caller, without the port.
    let address: String
    /// Who calls; set by the authentication.
    var identity: Actor?

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        address = source.channel.remoteAddress?.ipAddress ?? "local"
    }

    /// Who calls.
    func actor() throws(Refusal) -> Actor {
        guard let identity else { throw .unauthenticated }
        return identity
    }
}

extension ManagementContext {
    /// The name at `place` of the path, percent-decoded.
    func name(_ place: String) throws(Refusal) -> String {
        guard let name = parameters.get(place)?.removingPercentEncoding else { throw .notFound("such \(place)") }
        return name
    }
}
