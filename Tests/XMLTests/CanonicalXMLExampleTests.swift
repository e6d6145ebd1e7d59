import Testing
import XML

/// The examples of Canonical XML 1.0 section 3, less their document type declarations and what those add.
@Suite("Canonical XML 1.0 section 3")
struct CanonicalXMLExampleTests {
    @Test("3.1: comments and processing instructions outside of the document element")
    func outside() throws {
        let text = """
            <?xml version="1.0"?>

            <?xml-stylesheet   href="doc.xsl"
               type="text/xsl"   ?>

            <doc>Hello, world!<!-- Comment 1 --></doc>

            <?pi-without-data     ?>

            <!-- Comment 2 -->

            <!-- Comment 3 -->

            """
        let plain = """
            <?xml-stylesheet href="doc.xsl"
               type="text/xsl"   ?>
            <doc>Hello, world!</doc>
            <?pi-without-data?>
            """
        let commented = """
            <?xml-stylesheet href="doc.xsl"
               type="text/xsl"   ?>
            <doc>Hello, world!<!-- Comment 1 --></doc>
            <?pi-without-data?>
            <!-- Comment 2 -->
            <!-- Comment 3 -->
            """
        for algorithm in [Canonicalization.Algorithm.inclusive10, .exclusive10] {
            #expect(try canonical(text, Canonicalization(algorithm)) == plain)
            #expect(try canonical(text, Canonicalization(algorithm, withComments: true)) == commented)
        }
    }

    @Test("3.2: white space in content stays")
    func whiteSpace() throws {
        let text = """
            <doc>
               <clean>   </clean>
               <dirty>   A   B   </dirty>
               <mixed>
                  A
                  <clean>   </clean>
                  B
                  <dirty>   A   B   </dirty>
                  C
               </mixed>
            </doc>
            """
        #expect(try canonical(text, Canonicalization(.inclusive10)) == text)
        #expect(try canonical(text.replacing("\n", with: "\r\n"), Canonicalization(.exclusive10)) == text)
    }

    @Test("3.3: start and end tags")
    func tags() throws {
        let text = """
            <doc>
               <e1   />
               <e2   ></e2>
               <e3   name = "elem3"   id="elem3"   />
               <e4   name="elem4"   id="elem4"   ></e4>
               <e5 a:attr="out" b:attr="sorted" attr2="all" attr="I'm"
                  xmlns:b="http://www.ietf.org"
                  xmlns:a="http://www.w3.org"
                  xmlns="http://example.org"/>
               <e6 xmlns="" xmlns:a="http://www.w3.org">
                  <e7 xmlns="http://www.ietf.org">
                     <e8 xmlns="" xmlns:a="http://www.w3.org">
                        <e9 xmlns="" xmlns:a="http://www.ietf.org"/>
                     </e8>
                  </e7>
               </e6>
            </doc>
            """
        let expected = """
            <doc>
               <e1></e1>
               <e2></e2>
               <e3 id="elem3" name="elem3"></e3>
               <e4 id="elem4" name="elem4"></e4>
               <e5 xmlns="http://example.org" xmlns:a="http://www.w3.org" xmlns:b="http://www.ietf.org" attr="I'm" \
            attr2="all" b:attr="sorted" a:attr="out"></e5>
               <e6 xmlns:a="http://www.w3.org">
                  <e7 xmlns="http://www.ietf.org">
                     <e8 xmlns="">
                        <e9 xmlns:a="http://www.ietf.org"></e9>
                     </e8>
                  </e7>
               </e6>
            </doc>
            """
        #expect(try canonical(text, Canonicalization(.inclusive10)) == expected)
    }

    @Test("3.4: character modifications and references")
    func characters() throws {
        let text = """
            <doc>
               <text>First line&#x0d;&#10;Second line</text>
               <value>&#x32;</value>
               <compute><![CDATA[value>"0" && value<"10" ?"valid":"error"]]></compute>
               <compute expr='value>"0" &amp;&amp; value&lt;"10" ?"valid":"error"'>valid</compute>
               <norm attr=' &apos;   &#x20;&#13;&#xa;&#9;   &apos; '/>
            </doc>
            """
        let expected = """
            <doc>
               <text>First line&#xD;
            Second line</text>
               <value>2</value>
               <compute>value&gt;"0" &amp;&amp; value&lt;"10" ?"valid":"error"</compute>
               <compute expr="value>&quot;0&quot; &amp;&amp; value&lt;&quot;10&quot; ?&quot;valid&quot;:&quot;error&quot;">\
            valid</compute>
               <norm attr=" '    &#xD;&#xA;&#x9;   ' "></norm>
            </doc>
            """
        #expect(try canonical(text, Canonicalization(.inclusive10)) == expected)
        #expect(try canonical(text, Canonicalization(.exclusive10)) == expected)
    }

    @Test("3.6: UTF-8")
    func encoding() throws {
        let text = "<?xml version=\"1.0\" encoding=\"US-ASCII\"?><doc>&#169;</doc>"
        #expect(try canonical(text, Canonicalization(.inclusive10)) == "<doc>\u{A9}</doc>")
    }
}
