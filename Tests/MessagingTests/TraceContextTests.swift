import Foundation
import Testing

@testable import Messaging

@Suite("Trace context")
struct TraceContextTests {
    private static let parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"

    private static func continuing(_ parents: [String], _ states: [String] = []) -> TraceContext {
        .continuing(
            parents.map { ("Traceparent", $0) } + states.map { ("tracestate", $0) },
            at: Date(timeIntervalSince1970: 0)
        )
    }

    @Test("A valid parent is continued, with a span of our own")
    func valid() {
        let context = Self.continuing([Self.parent], ["congo=t61rcWkgMzE"])
        #expect(context.traceID == "4bf92f3577b34da6a3ce929d0e0e4736")
        #expect(context.spanID != "00f067aa0ba902b7" && context.flags == "01")
        #expect(context.state == "congo=t61rcWkgMzE")
        let child = context.child()
        #expect(child.traceID == context.traceID && child.spanID != context.spanID && child.state == context.state)
        #expect(child.parent == "00-4bf92f3577b34da6a3ce929d0e0e4736-\(child.spanID)-01")
    }

    static let malformed = [
        "", "00", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
        "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0g",
        "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01.what",
        "00_4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e473é-00f067aa0ba902b7-0",
    ]

    @Test("What is malformed is ignored with its state, and a trace begins", arguments: malformed)
    func fresh(_ parent: String) {
        let context = Self.continuing([parent], ["congo=1"])
        #expect(context.traceID != "4bf92f3577b34da6a3ce929d0e0e4736")
        #expect(TraceParent(context.parent) != nil && context.state.isEmpty && context.flags == "01")
    }

    @Test("Two parents are none; without one a state counts for nothing")
    func repeated() {
        let twice = Self.continuing([Self.parent, Self.parent], ["congo=1"])
        #expect(twice.traceID != "4bf92f3577b34da6a3ce929d0e0e4736" && twice.state.isEmpty)
        #expect(Self.continuing([], ["congo=1"]).state.isEmpty)
    }

    @Test("Of a later version what is known is read, and only the sampled flag is sent on")
    func later() {
        let known = "4bf92f3577b34da6a3ce929d0e0e4736"
        #expect(Self.continuing(["cc-\(known)-00f067aa0ba902b7-01-what-ever"]).traceID == known)
        #expect(Self.continuing(["cc-\(known)-00f067aa0ba902b7-fe"]).flags == "00")
        #expect(Self.continuing(["00-\(known)-00f067aa0ba902b7-ff"]).parent.hasSuffix("-01"))
    }

    @Test("States are joined in their order, without white space around members and without empty ones")
    func state() {
        #expect(Self.continuing([Self.parent], ["a=1 ,\tb=2", "", "c@v=x y"]).state == "a=1,b=2,c@v=x y")
    }

    @Test(
        "A malformed state is dropped, and the parent kept",
        arguments: [
            "a", "a=", "A=1", "a=1,a=2", "a=1=2", "a@b@c=1", "a=b\u{7}", "é=1",
            (0...32).map { "k\($0)=1" }.joined(separator: ","),
            String(repeating: "k", count: 257) + "=1", "a=" + String(repeating: "v", count: 257),
        ]
    )
    func malformedState(_ state: String) {
        let context = Self.continuing([Self.parent], [state])
        #expect(context.traceID == "4bf92f3577b34da6a3ce929d0e0e4736" && context.state.isEmpty)
    }
}
