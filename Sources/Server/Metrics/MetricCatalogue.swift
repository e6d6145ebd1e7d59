/// The metrics that a tenant may show.
package enum MetricCatalogue {
    /// Their names, in the order of the page.
    package static var names: [String] { MetricFamily.all.map(\.name) }
}
