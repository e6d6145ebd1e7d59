import Hummingbird

/// The management API's paths (`/api/v1/…`), the probes, and the links of mails.
struct ManagementRoutes {
    let tenant: Tenant
    let authentication: Authentication
    let metrics: MetricsAccess

    func responder() -> some HTTPResponder<ManagementContext> {
        let router = Router(context: ManagementContext.self)
        router.add(middleware: ProblemMiddleware())
        Probes(tenant: tenant, authentication: authentication, metricsAccess: metrics).add(to: router)
        let api = router.group("api/v1")
            .add(middleware: AuthenticationMiddleware(tenant: tenant, authentication: authentication))
            .add(middleware: WholenessMiddleware(runtime: tenant.runtime))
            .add(middleware: AuditMiddleware(tenant: tenant))
        OperationRoutes().add(to: api)
        AuditRoutes(handling: AuditHandling(tenant: tenant)).add(to: api)
        KeyRoutes(tenant: tenant).add(to: api)
        KeyLifeRoutes(tenant: tenant).add(to: api)
        FlowRoutes(handling: FlowHandling(tenant: tenant)).add(to: api)
        MessageRoutes(handling: MessageHandling(tenant: tenant)).add(to: api)
        ExchangeRoutes(handling: ExchangeHandling(tenant: tenant)).add(to: api)
        PartnerRoutes(handling: PartnerHandling(tenant: tenant)).add(to: api)
        CaptureRoutes(handling: CaptureHandling(tenant: tenant)).add(to: api)
        RenewalRoutes(handling: RenewalHandling(tenant: tenant)).add(to: api)
        WindowRoutes(tenant: tenant).add(to: api)
        InformRoutes(tenant: tenant).add(to: api)
        LinkRoutes(tenant: tenant).add(to: router.group().add(middleware: WholenessMiddleware(runtime: tenant.runtime)))
        return router.buildResponder()
    }
}
