import Messaging
import NIOCore
import Testing

@Suite struct ReceiverRulesTests {
    @Test(
        "without configuration no address that is not public is reached",
        arguments: [
            "127.0.0.1", "127.8.9.10", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254",
            "100.64.0.1", "0.0.0.0", "224.0.0.1", "255.255.255.255", "[::1]", "[::]", "[fe80::1]", "[fd00::1]",
            "[::ffff:127.0.0.1]", "[::ffff:a9fe:a9fe]", "[64:ff9b::10.0.0.1]", "[2002:7f00:1::]", "[ff02::1]",
        ]
    )
    func notPublic(host: String) {
        #expect(throws: ReceiverRefusal.self) { try ReceiverRules().check(url: "http://\(host)/orders") }
    }

    @Test(
        "a public address is reached, and one beside a private network",
        arguments: ["8.8.8.8", "172.32.0.1", "11.0.0.1", "192.167.255.255", "[2606:4700::1111]", "[::ffff:8.8.8.8]"]
    )
    func publicAddress(host: String) throws {
        try ReceiverRules().check(url: "https://\(host)/orders")
    }

    @Test(
        "a name of this machine, and an address written in an unusual way, are found out when they are resolved",
        arguments: ["localhost", "localhost.", "127.1", "2130706433", "0x7f.0.0.1", "LOCALHOST"]
    )
    func resolved(host: String) async throws {
        await #expect(throws: ReceiverRefusal.self) {
            try await ReceiverRules().checkResolved(url: "http://\(host)/orders")
        }
        let network = try #require(IPNetwork("127.0.0.0/8"))
        let sixth = try #require(IPNetwork("::1"))
        try await ReceiverRules(networks: [network, sixth]).checkResolved(url: "http://\(host)/orders")
    }

    @Test("an allow-list allows what it names and nothing else") func allowList() throws {
        let hosts = ["receiver.example", "other.example:8443", "*.partners.example:*", "[2606:4700::1111]:8080"]
        let rules = ReceiverRules(hosts: hosts.compactMap(ReceiverAllowance.init))
        for url in [
            "https://receiver.example/a", "http://receiver.example/a", "https://RECEIVER.example./a",
            "https://other.example:8443/", "http://a.b.partners.example:1234/", "http://[2606:4700::1111]:8080/",
        ] {
            try rules.check(url: url)
        }
        for url in [
            "https://receiver.example:8443/", "http://receiver.example:443/", "https://other.example/",
            "https://partners.example/", "https://evilpartners.example/", "https://receiver.example.evil.example/",
            "https://unknown.example/",
        ] {
            #expect(throws: ReceiverRefusal.self, "\(url)") { try rules.check(url: url) }
        }
    }

    @Test("an allow-list does not make a private address reachable, and a network does not make a host allowed")
    func bothAreNeeded() throws {
        let allowance = try #require(ReceiverAllowance("10.1.2.3:*"))
        let network = try #require(IPNetwork("10.1.0.0/16"))
        #expect(throws: ReceiverRefusal.address("10.1.2.3")) {
            try ReceiverRules(hosts: [allowance]).check(url: "http://10.1.2.3/")
        }
        try ReceiverRules(hosts: [allowance], networks: [network]).check(url: "http://10.1.2.3/")
        #expect(throws: ReceiverRefusal.host("10.1.2.4:80")) {
            try ReceiverRules(hosts: [allowance], networks: [network]).check(url: "http://10.1.2.4/")
        }
    }

    @Test("a connection is held to the rules by the address at its other end") func peer() throws {
        let rules = ReceiverRules()
        try rules.check(peer: SocketAddress(ipAddress: "8.8.8.8", port: 443))
        #expect(throws: ReceiverRefusal.self) { try rules.check(peer: SocketAddress(ipAddress: "127.0.0.1", port: 1)) }
        #expect(throws: ReceiverRefusal.self) { try rules.check(peer: nil) }
    }

    @Test("what is no network or host is not read") func malformed() {
        for text in ["", "10.0.0.0/33", "10.0.0.1/8", "10.0.0.0/", "localhost", "10.0.0/8", "::/129", "a/b/c"] {
            #expect(IPNetwork(text) == nil, "\(text)")
        }
        for text in ["", "*", "*.", "a:b", "a:0", "a:70000", "http://a", "a*b", "user@a", "a b", ":443", "::1"] {
            #expect(ReceiverAllowance(text) == nil, "\(text)")
        }
    }
}
