import Testing

@testable import rekey

@Suite("The program has an event loop for each core that it may use")
struct EventLoopTests {
    @Test(
        "The kernel's mask is counted",
        arguments: [("1", 1), ("3", 2), ("ff,ffffffff", 40), ("00000000,80000001", 2)]
    )
    func mask(mask: String, count: Int) {
        #expect(EventLoops.coreCount(status: "Name:\trekey\nCpus_allowed:\t\(mask)\nCpus_allowed_list:\t0\n") == count)
    }

    @Test("A system that says nothing of it leaves it open", arguments: ["", "Name:\trekey\n", "Cpus_allowed:\t0\n"])
    func unknown(status: String) {
        #expect(EventLoops.coreCount(status: status) == nil)
    }
}
