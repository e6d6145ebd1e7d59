import AsyncHTTPClient
import Foundation
import ManagementAPI
import NIOHTTP1
import TestSupport
import Testing

@Suite("Who calls the management API")
struct AuthenticationTests {
    @Test("A token says who somebody is")
    func known() async throws {
        try await World.run { world in
            let person = try await world.api(.senderAdministrator).me()
            #expect(
                person
                    == ManagementAPI.Person(
                        name: "senderAdministrator",
                        role: "senderAdministrator",
                        organisation: "sender"
                    )
            )
        }
    }

    @Test(
        "No token, a wrong one and another scheme are refused alike",
        arguments: [nil, "Bearer wrong", "Basic token-of-administrator", "Bearer", "token-of-administrator", "Bearer "]
    )
    func unknown(_ header: String?) async throws {
        try await World.run { world in
            var request = HTTPClientRequest(url: world.management + "/api/v1/keys")
            if let header { request.headers.add(name: "Authorization", value: header) }
            let answer = try await world.send(request)
            #expect(answer.status == 401)
            #expect(answer.headers["content-type"] == "application/problem+json")
            #expect(answer.headers["www-authenticate"] == "Bearer")
            let problem = try ManagementCoding.decode(Problem.self, from: Data(answer.body.utf8))
            #expect(problem.code == "unauthenticated" && problem.status == 401)
        }
    }

    @Test("Who guesses has to wait, and locks nobody out who was known before")
    func throttled() async throws {
        try await World.run { world in
            _ = try await world.api(.administrator).me()
            let guesser = ManagementClient(server: world.management, token: "guess", http: world.http)
            for _ in 0..<10 {
                #expect(try await refusal { _ = try await guesser.me() }.code == "unauthenticated")
            }
            #expect(try await refusal { _ = try await guesser.me() }.status == 429)
            #expect(try await refusal { _ = try await world.api(.developer).me() }.status == 429)
            _ = try await world.api(.administrator).me()
            world.clock.advance(by: .seconds(61))
            _ = try await world.api(.developer).me()
        }
    }

    @Test("The probes answer without a token")
    func probes() async throws {
        try await World.run { world in
            let answer = try await world.send(HTTPClientRequest(url: world.management + "/livez"))
            #expect(answer.status == 200)
            _ = try await world.readiness { $0.ready }
        }
    }
}
