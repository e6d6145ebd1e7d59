import Testing
import XML

/// The examples of Exclusive XML Canonicalization 1.0 section 2.
@Suite("Exclusive XML Canonicalization 1.0 section 2")
struct ExclusiveExampleTests {
    private let first = """
        <n0:local xmlns:n0="foo:bar" xmlns:n3="ftp://example.org">
          <n1:elem2 xmlns:n1="http://example.net" xml:lang="en">
            <n3:stuff xmlns:n3="ftp://example.org"/>
          </n1:elem2>
        </n0:local>
        """
    private let second = """
        <n2:pdu xmlns:n1="http://example.com" xmlns:n2="http://foo.example" xml:lang="fr" xml:space="retain">
          <n1:elem2 xmlns:n1="http://example.net" xml:lang="en">
            <n3:stuff xmlns:n3="ftp://example.org"/>
          </n1:elem2>
        </n2:pdu>
        """

    @Test("2.1: the inclusive form of an element depends on where it is")
    func inclusive() throws {
        #expect(
            try canonical(first, Canonicalization(.inclusive10), of: "local", "elem2") == """
                <n1:elem2 xmlns:n0="foo:bar" xmlns:n1="http://example.net" xmlns:n3="ftp://example.org" xml:lang="en">
                    <n3:stuff></n3:stuff>
                  </n1:elem2>
                """
        )
        #expect(
            try canonical(second, Canonicalization(.inclusive10), of: "pdu", "elem2") == """
                <n1:elem2 xmlns:n1="http://example.net" xmlns:n2="http://foo.example" xml:lang="en" xml:space="retain">
                    <n3:stuff xmlns:n3="ftp://example.org"></n3:stuff>
                  </n1:elem2>
                """
        )
    }

    @Test("2.2: the exclusive form does not")
    func exclusive() throws {
        let expected = """
            <n1:elem2 xmlns:n1="http://example.net" xml:lang="en">
                <n3:stuff xmlns:n3="ftp://example.org"></n3:stuff>
              </n1:elem2>
            """
        #expect(try canonical(first, Canonicalization(.exclusive10), of: "local", "elem2") == expected)
        #expect(try canonical(second, Canonicalization(.exclusive10), of: "pdu", "elem2") == expected)
    }
}
